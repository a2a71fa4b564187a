using System.Text.Json;
using Scalar.AspNetCore;

namespace FaultMaven.Gateway.OpenApi;

internal static class OpenApiEndpoints
{
    private const string Document = "/openapi.json";
    private const string Page = "/docs";

    private static readonly Lazy<byte[]> s_document = new(() => JsonSerializer.SerializeToUtf8Bytes(OpenApiDocument.Build()));

    public static void MapOpenApiDocument(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(Document, () => Results.Bytes(s_document.Value, "application/json"));

    /// <summary>
    /// A page to read and try the API. Nothing of it comes from elsewhere, so it works offline and shows no one who reads it.
    /// </summary>
    public static void MapApiPage(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapScalarApiReference(Page, page => page
            .WithTitle("FaultMaven")
            .AddDocument("v1", "FaultMaven", Document)
            .DisableDefaultFonts()
            .DisableAgent()
            .DisableMcp()
            .DisableTelemetry());
        endpoints.MapGet("/", () => Results.Redirect(Page));
    }
}
