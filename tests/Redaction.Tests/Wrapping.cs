using System.Net;
using System.Text;
using System.Text.Json;

namespace FaultMaven.Redaction.Tests;

/// <summary>A way in which text is written inside other text: escaped, encoded, quoted, broken into lines.</summary>
/// <param name="Name">What a failing test calls it.</param>
/// <param name="Wrap">Writes a text so.</param>
/// <param name="Forms">All the ways in which a value that was in the text could be read from the result.</param>
internal sealed record Wrapping(string Name, Func<string, string> Wrap, Func<string, IEnumerable<string>> Forms)
{
    public static IReadOnlyList<Wrapping> All { get; } =
    [
        new("plain", text => text, value => [value]),
        new("log line", text => $"2026-03-01T10:15:02.123Z ERROR [main] c.e.shop.Start - failed with {text} after 3 attempts", value =>
            [value]),
        new("lines around", text => $"first line\n{text}\nlast line\n", value => [value]),
        new("windows lines", text => $"first line\r\n{text}\r\nlast line\r\n", value => [value]),
        new("json", text => JsonSerializer.Serialize(new { level = "error", message = text, code = 7 }), value => [value, Json(value)]),
        new("json in json", text => JsonSerializer.Serialize(new { log = JsonSerializer.Serialize(new { message = text }) }), value =>
            [value, Json(value), Json(Json(value))]),
        new("escaped lines", text => $"before\\n{text}\\nafter", value => [value]),
        new("url", text => $"GET /callback?state=7&{Uri.EscapeDataString(text)}&done=1 HTTP/1.1", value =>
            [value, Uri.EscapeDataString(value)]),
        new("url, equals kept", text => $"/callback?{Uri.EscapeDataString(text).Replace("%3D", "=", StringComparison.Ordinal)}&done=1",
            value => [value, Uri.EscapeDataString(value)]),
        new("base64", text => $"payload: {Encoded(text)} (decoded by the worker)", Base64),
        new("base64 in lines", text =>
            $"data:\n{Convert.ToBase64String(Encoding.UTF8.GetBytes(text), Base64FormattingOptions.InsertLineBreaks)}\n", Base64),
        new("base64 of base64", text => $"payload: {Encoded($"body={Encoded(text)}")} end", value => Base64(value).SelectMany(Base64)),
        new("base64 three times", text => $"payload: {Encoded(Encoded(Encoded(text)))} end", value => Base64(value).SelectMany(Base64)
            .SelectMany(Base64)),
        new("base64 in a url", text => $"GET /cb?body={Uri.EscapeDataString(Encoded(text))}&x=1 HTTP/1.1", value => Base64(value)
            .Select(Uri.EscapeDataString)),
        new("url in base64", text => $"payload: {Encoded($"q={Uri.EscapeDataString(text)}&x=1")} end", value =>
            Base64(Uri.EscapeDataString(value))),
        new("url in a url", text => $"GET /cb?next={Uri.EscapeDataString($"/x?q={Uri.EscapeDataString(text)}&y=1")} HTTP/1.1", value =>
            [value, Uri.EscapeDataString(Uri.EscapeDataString(value))]),
        new("json in base64 in json", text =>
            JsonSerializer.Serialize(new { data = Encoded(JsonSerializer.Serialize(new { message = text })) }), value =>
            Base64(Json(value))),
        new("xml element", text => $"<entry><message>{WebUtility.HtmlEncode(text)}</message></entry>", value =>
            [value, WebUtility.HtmlEncode(value)]),
        new("xml attribute", text => $"<entry level=\"error\" message=\"{WebUtility.HtmlEncode(text)}\" />", value =>
            [value, WebUtility.HtmlEncode(value)]),
        new("xml, cdata", text => $"<entry><![CDATA[{text}]]></entry>", value => [value]),
        new("yaml, block", text => $"message: |\n  {text.Replace("\n", "\n  ", StringComparison.Ordinal)}\nlevel: error\n", value =>
            [value, value.Replace("\n", "\n  ", StringComparison.Ordinal)]),
        new("yaml, single quotes", text => $"message: '{text.Replace("'", "''", StringComparison.Ordinal)}'\n", value =>
            [value, value.Replace("'", "''", StringComparison.Ordinal)]),
        new("yaml, double quotes", text => $"message: \"{Json(text)}\"\n", value => [value, Json(value)]),
        new("shell", text => $"$ echo '{text.Replace("'", "'\\''", StringComparison.Ordinal)}' | nc logs 514", value => [value]),
        new("table", text => $"| 7 | {text} | failed |", value => [value]),
        new("csv", text => $"7,\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\",failed", value =>
            [value, value.Replace("\"", "\"\"", StringComparison.Ordinal)]),
        new("diff", text => string.Concat(text.Split('\n').Select(line => $"+{line}\n")), value =>
            [value, value.Replace("\n", "\n+", StringComparison.Ordinal)]),
        new("container log", text => string.Concat(text.Split('\n').Select(line => $"2026-03-01T10:15:02.123456789Z stderr F {line}\n")),
            value => value.Split('\n')),
        new("colours", text => $"\u001b[31m{text}\u001b[0m", value => [value]),
    ];

    public override string ToString() => Name;

    private static string Encoded(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Json(string text) => JsonSerializer.Serialize(text)[1..^1];

    // A value in the middle of encoded text looks different by where it starts; what is sure at its ends depends on its neighbours and is
    // left off.
    private static IEnumerable<string> Base64(string value)
    {
        yield return value;
        for (var shift = 0; shift < 3; shift++)
        {
            var encoded = Convert.ToBase64String([.. new byte[shift], .. Encoding.UTF8.GetBytes(value)]).TrimEnd('=');
            yield return encoded[(shift == 0 ? 0 : 4)..^4];
        }
    }
}
