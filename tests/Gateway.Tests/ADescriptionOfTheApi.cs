using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FaultMaven.Protos;
using Google.Api;
using Microsoft.OpenApi;

namespace FaultMaven.Gateway.Tests;

public sealed partial class ADescriptionOfTheApi(SystemBehindAGateway system) : IClassFixture<SystemBehindAGateway>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_sound_and_complete_as_OpenAPI()
    {
        await using var stream = await system.Http.GetStreamAsync("/openapi.json", Cancel);
        var (document, diagnostic) = await OpenApiDocument.LoadAsync(stream, "json", null, Cancel);

        Assert.Empty(diagnostic!.Errors);
        var described = document!.Paths.Values.SelectMany(path => path.Operations!.Values).Select(operation => operation.OperationId)
            .ToHashSet();
        Assert.All(
            Contract.Services.SelectMany(service => service.Methods)
                .Where(method => method.GetOptions()?.HasExtension(AnnotationsExtensions.Http) == true),
            method => Assert.Contains($"{method.Service.Name}_{method.Name}", described));
        Assert.All(
            document.Paths.Values.SelectMany(path => path.Operations!.Values),
            operation => Assert.False(string.IsNullOrWhiteSpace(operation.Description), operation.OperationId));
    }

    [Theory]
    [InlineData("/v1/cases", "title", """{"maxLength":2000}""")]
    [InlineData("/v1/cases", "requestId", """{"maxLength":64,"pattern":"^(?:[A-Za-z0-9-]+)?$"}""")]
    [InlineData("/v1/cases/{case}/evidence", "fileName", """{"minLength":1,"maxLength":4096}""")]
    [InlineData("/v1/cases/{case}/evidence", "content", """{"maxLength":4194304}""")]
    [InlineData("/v1/cases/{case}/evidence:search", "contextLines", """{"minimum":0,"maximum":20}""")]
    [InlineData(
        "/v1/cases/{case}/evidence:search",
        "fields",
        """
        {"additionalProperties":{"type":"string","maxLength":512},"maxProperties":16,"propertyNames":{"minLength":1,"maxLength":128}}
        """)]
    [InlineData(
        "/v1/cases/{case}/evidence:search",
        "evidence",
        """{"pattern":"^(?:cases/[a-z0-9-]{1,64}/evidence/[a-z0-9-]{1,64})?$"}""")]
    [InlineData("/v1/text:batchRedact", "texts", """{"items":{"type":"string","maxLength":3145728},"minItems":1,"maxItems":1000}""")]
    [InlineData(
        "/v1/apiKeys",
        "apiKey/roles",
        """{"items":{"$ref":"#/components/schemas/faultmaven.identity.v1.ApiKey.Role"},"minItems":1,"maxItems":10}""")]
    public async Task Shows_what_a_field_may_hold(string path, string field, string limits)
    {
        var document = JsonNode.Parse(await system.Http.GetStringAsync("/openapi.json", Cancel))!;
        var schema = document["paths"]![path]!["post"]!["requestBody"]!["content"]!["application/json"]!["schema"]!;
        foreach (var name in field.Split('/'))
        {
            schema = (schema["$ref"] is { } reference ? document["components"]!["schemas"]![$"{reference}".Split('/')[^1]]! : schema)
                ["properties"]![name]!;
        }

        var shown = schema.AsObject().Where(keyword => keyword.Key is not ("description" or "type" or "format"))
            .Select(keyword => KeyValuePair.Create(keyword.Key, keyword.Value?.DeepClone()));
        Assert.Equal(JsonNode.Parse(limits)!.ToJsonString(), new JsonObject(shown).ToJsonString());
    }

    [Fact]
    public async Task Has_a_page_that_loads_nothing_from_elsewhere()
    {
        var page = await system.Http.GetStringAsync("/docs", Cancel);

        Assert.DoesNotMatch(Elsewhere(), page);
        foreach (Match script in Script().Matches(page))
        {
            using var answer = await system.Http.GetAsync(new Uri(new Uri(system.Address, "/docs/"), script.Groups["src"].Value), Cancel);
            Assert.True(answer.IsSuccessStatusCode, script.Value);
        }
    }

    [Fact]
    public async Task Is_given_by_reflection_with_the_details_of_errors()
    {
        foreach (var symbol in Contract.Services.Select(service => service.FullName)
            .Concat(["google.rpc.ErrorInfo", "google.rpc.BadRequest", "google.rpc.RetryInfo", "google.rpc.Status"]))
        {
            Assert.True(await KnowsAsync(symbol), symbol);
            Assert.True(await KnowsInV1AlphaAsync(symbol), symbol);
        }
    }

    private async Task<bool> KnowsAsync(string symbol)
    {
        using var call = new Grpc.Reflection.V1.ServerReflection.ServerReflectionClient(system.Channel)
            .ServerReflectionInfo(cancellationToken: Cancel);
        await call.RequestStream.WriteAsync(new() { FileContainingSymbol = symbol }, Cancel);
        await call.ResponseStream.MoveNext(Cancel);
        return call.ResponseStream.Current.FileDescriptorResponse?.FileDescriptorProto.Count > 0;
    }

    private async Task<bool> KnowsInV1AlphaAsync(string symbol)
    {
        using var call = new Grpc.Reflection.V1Alpha.ServerReflection.ServerReflectionClient(system.Channel)
            .ServerReflectionInfo(cancellationToken: Cancel);
        await call.RequestStream.WriteAsync(new() { FileContainingSymbol = symbol }, Cancel);
        await call.ResponseStream.MoveNext(Cancel);
        return call.ResponseStream.Current.FileDescriptorResponse?.FileDescriptorProto.Count > 0;
    }

    [GeneratedRegex(@"(src|href)=""(https?:)?//", RegexOptions.IgnoreCase)]
    private static partial Regex Elsewhere();

    [GeneratedRegex(@"<script[^>]* src=""(?<src>[^""]+)""", RegexOptions.IgnoreCase)]
    private static partial Regex Script();
}
