using System.Text.Json;

namespace FaultMaven.Gateway.Tests;

/// <summary>Reads failures in JSON.</summary>
internal static class JsonAnswers
{
    public static async Task<JsonElement> ReadAsync(this HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;

    /// <summary>The reason of the answer's error, such as ERROR_REASON_INVALID_FIELD.</summary>
    public static async Task<string> ReasonAsync(this HttpResponseMessage answer) =>
        Detail(await answer.ReadAsync(), "ErrorInfo").GetProperty("reason").GetString()!;

    /// <summary>The field that is wrong, and what is wanted of it.</summary>
    public static async Task<(string Field, string Description)> FieldAsync(this HttpResponseMessage answer)
    {
        var violation = Detail(await answer.ReadAsync(), "BadRequest").GetProperty("fieldViolations")[0];
        return (violation.GetProperty("field").GetString()!, violation.GetProperty("description").GetString()!);
    }

    private static JsonElement Detail(JsonElement status, string type) => status.GetProperty("details").EnumerateArray()
        .Single(detail => detail.GetProperty("@type").GetString() == $"type.googleapis.com/google.rpc.{type}");
}
