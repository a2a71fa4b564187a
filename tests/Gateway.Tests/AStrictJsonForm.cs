using System.Net;
using System.Text;
using System.Text.Json;
using FaultMaven.Tests.Shared;

namespace FaultMaven.Gateway.Tests;

public sealed class AStrictJsonForm(AStrictJsonForm.Services services) : IClassFixture<AStrictJsonForm.Services>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/v1/cases", """{"titel": "typo"}""", "titel", "is not a field of CreateCaseRequest")]
    [InlineData("/v1/cases", """{"title": 3}""", "title", "must be a string")]
    [InlineData("/v1/cases", """["title"]""", "body", "must be an object")]
    [InlineData("/v1/cases", """{"title": "a" """, "body", "is not JSON (line 1, byte 15)")]
    [InlineData("/v1/cases", """{"title": "\ud800"}""", "title", "is not Unicode text")]
    [InlineData("/v1/cases/nope/evidence", """{"content": "%"}""", "content", "must be base64")]
    [InlineData("/v1/text:batchRedact", """{"texts": ["a", 5]}""", "texts[1]", "must be a string")]
    [InlineData("/v1/text:batchRedact", """{"texts": "a"}""", "texts", "must be a list")]
    public async Task Refuses_a_body_that_the_contract_does_not_have(string path, string body, string field, string problem)
    {
        var answer = await services.Http.PostAsync(path, Json(body), Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("ERROR_REASON_INVALID_FIELD", await answer.ReasonAsync());
        var (foundField, foundProblem) = await answer.FieldAsync();
        Assert.Equal((field, problem), (foundField, foundProblem));
    }

    [Theory]
    [InlineData("/v1/cases?bogus=2", "bogus", "is not a field of ListCasesRequest")]
    [InlineData("/v1/cases?pageSize=abc", "page_size", "must be a whole number of 32 bits")]
    [InlineData("/v1/cases?pageSize=1&pageSize=2", "page_size", "is given more than once")]
    [InlineData("/v1/cases/nope?name=cases/other", "name", "is given by the path")]
    public async Task Refuses_a_query_that_the_contract_does_not_have(string path, string field, string problem)
    {
        var answer = await services.Http.GetAsync(path, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var (foundField, foundProblem) = await answer.FieldAsync();
        Assert.Equal((field, problem), (foundField, foundProblem));
    }

    [Fact]
    public async Task Refuses_a_value_of_an_enum_without_naming_a_type_of_NET()
    {
        var answer = await services.Http.PostAsync("/v1/cases/nope/evidence", Json("""{"type": "LOGS"}"""), Cancel);

        var (_, problem) = await answer.FieldAsync();
        Assert.StartsWith("must be one of EVIDENCE_TYPE_UNSPECIFIED, ", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("FaultMaven.Protos", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_body_of_another_type()
    {
        var answer = await services.Http.PostAsync("/v1/cases", new StringContent("title=a"), Cancel);

        Assert.Equal("content_type", (await answer.FieldAsync()).Field);
    }

    [Fact]
    public async Task Refuses_a_body_that_is_too_large()
    {
        // The refusal may come while the body is still being sent: a client that waits for leave to send it always sees the answer.
        using var handler = new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(1) };
        using var http = new HttpClient(handler)
        {
            BaseAddress = services.Http.BaseAddress,
            DefaultRequestHeaders = { Authorization = services.Http.DefaultRequestHeaders.Authorization },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/cases")
        {
            Content = Json($$"""{"title": "{{new string('a', 7 * 1024 * 1024)}}"}"""),
            Headers = { ExpectContinue = true },
        };

        var answer = await http.SendAsync(request, Cancel);

        Assert.Equal("ERROR_REASON_TOO_LARGE", await answer.ReasonAsync());
    }

    [Fact]
    public async Task Takes_null_for_a_field_that_is_not_set()
    {
        var answer = await services.Http.PostAsync("/v1/cases", Json("""{"title": "Disk full", "requestId": null}"""), Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("Disk full", (await answer.ReadAsync()).GetProperty("title").GetString());
    }

    [Fact]
    public async Task Answers_an_unknown_path_and_a_wrong_verb_with_a_status()
    {
        var unknown = await services.Http.GetAsync("/v1/nothing/like/this", Cancel);
        var wrongVerb = await services.Http.PutAsync("/v1/cases", Json("{}"), Cancel);

        Assert.Equal((HttpStatusCode.NotFound, "ERROR_REASON_PATH_NOT_FOUND"), (unknown.StatusCode, await unknown.ReasonAsync()));
        Assert.Equal(
            (HttpStatusCode.MethodNotAllowed, "ERROR_REASON_VERB_NOT_ALLOWED"), (wrongVerb.StatusCode, await wrongVerb.ReasonAsync()));
    }

    [Fact]
    public async Task Writes_64_bit_numbers_as_strings()
    {
        var parent = await OpenCaseAsync();

        var answer = await services.Http.PostAsync(
            $"/v1/{parent}/evidence", Json("""{"fileName": "app.log", "content": "RVJST1IgZGlzayBmdWxsCg=="}"""), Cancel);

        Assert.Equal(JsonValueKind.String, (await answer.ReadAsync()).GetProperty("sizeBytes").ValueKind);
    }

    [Fact]
    public async Task Labels_a_stream_as_lines_of_JSON()
    {
        var parent = await OpenCaseAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/{parent}:watch");

        using var answer = await services.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(Cancel));

        Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(JsonValueKind.Object, JsonDocument.Parse((await lines.ReadLineAsync(Cancel))!).RootElement.ValueKind);
    }

    [Fact]
    public async Task Refuses_the_name_of_another_host()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/cases") { Headers = { Host = "evil.example.org" } };

        Assert.Equal(HttpStatusCode.BadRequest, (await services.Http.SendAsync(request, Cancel)).StatusCode);
    }

    private async Task<string> OpenCaseAsync() =>
        (await (await services.Http.PostAsync("/v1/cases", Json("""{"title": "Disk full"}"""), Cancel)).ReadAsync())
            .GetProperty("name").GetString()!;

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    public sealed class Services : IAsyncLifetime
    {
        private FaultMavenHost _host = null!;

        public HttpClient Http { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            _host = await FaultMavenHost.StartAsync(TestContext.Current.CancellationToken);
            Http = _host.CreateHttpClient();
        }

        public ValueTask DisposeAsync()
        {
            Http.Dispose();
            return _host.DisposeAsync();
        }
    }
}
