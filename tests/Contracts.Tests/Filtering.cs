using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Filtering;
using Google.Rpc;
using Grpc.Core;
using State = FaultMaven.Protos.Session.V1.Case.Types.State;

namespace FaultMaven.Contracts.Tests;

public sealed class Filtering
{
    private static readonly FilterSchema<Item> s_schema = new FilterSchema<Item>()
        .Text("title", item => item.Title)
        .Enum("state", item => item.State)
        .Time("create_time", item => item.CreateTime)
        .Number("size", item => item.Size)
        .Flag("open", item => item.Open)
        .Texts("tags", item => item.Labels.Keys)
        .Map("labels", item => item.Labels);

    private static readonly Item s_item = new(
        "Checkout is slow",
        State.Investigating,
        new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero),
        7,
        true,
        new() { ["team"] = "payments" });

    [Theory]
    [InlineData("", "title", null)]
    [InlineData("title = a", "title", "a")]
    [InlineData("title = a OR title = b", "title", "a b")]
    [InlineData("title = a OR size = 7", "title", null)]
    [InlineData("title = a AND size = 7", "title", "a")]
    [InlineData("title = a AND (title = b OR title = c)", "title", "a")]
    [InlineData("NOT title = a", "title", null)]
    [InlineData("title != a", "title", null)]
    [InlineData("title = a*", "title", null)]
    [InlineData("title:a", "title", null)]
    [InlineData("tags:a AND tags:b", "tags", "a")]
    [InlineData("tags:a OR tags:b", "tags", "a b")]
    [InlineData("tags:a*", "tags", null)]
    [InlineData("state = CLOSED", "state", "3")]
    [InlineData("state != CLOSED", "state", "0 1 2")]
    [InlineData("size > 7", "size", null)]
    public void Requires_of_a_field_what_all_that_match_have(string filter, string field, string? values)
    {
        var read = s_schema.Read(filter);

        var found = read.TryGetRequired(field, out var required) ? string.Join(' ', required.Order(StringComparer.Ordinal)) : null;
        Assert.Equal(values, found);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("title = \"Checkout is slow\"", true)]
    [InlineData("title = 'Checkout is slow'", true)]
    [InlineData("title = \"Check*\"", true)]
    [InlineData("title = \"check*\"", false)]
    [InlineData("title:SLOW", true)]
    [InlineData("title != \"*slow\"", false)]
    [InlineData("state = STATE_INVESTIGATING", true)]
    [InlineData("state=INVESTIGATING", true)]
    [InlineData("state != INVESTIGATING", false)]
    [InlineData("create_time >= 2026-03-02T10:00:00Z", true)]
    [InlineData("create_time < \"2026-03-02T12:00:00+02:00\"", false)]
    [InlineData("create_time>2026-03-01", true)]
    [InlineData("size < 8 AND size > 6.5", true)]
    [InlineData("size < 8 size > 7", false)]
    [InlineData("open = true", true)]
    [InlineData("NOT open = true", false)]
    [InlineData("-open = false", true)]
    [InlineData("labels.team = payments", true)]
    [InlineData("labels.team = \"pay*\"", true)]
    [InlineData("labels.owner = ann", false)]
    [InlineData("labels:team", true)]
    [InlineData("tags:team", true)]
    // OR binds closer than AND.
    [InlineData("size = 1 AND size = 7 OR open = true", false)]
    [InlineData("(size = 1 AND size = 7) OR open = true", true)]
    [InlineData("NOT (size = 1 OR open = false)", true)]
    public void Chooses_items(string filter, bool matches) => Assert.Equal(matches, s_schema.Parse(filter)(s_item));

    [Theory]
    [InlineData("titel = x", 1)]
    [InlineData("title = x AND titel = y", 15)]
    [InlineData("title", 6)]
    [InlineData("title =", 8)]
    [InlineData("title = \"slow", 9)]
    [InlineData("(title = x", 11)]
    [InlineData("title = x)", 10)]
    [InlineData("title < x", 1)]
    [InlineData("state = OPEN", 9)]
    [InlineData("create_time > yesterday", 15)]
    [InlineData("size = many", 8)]
    [InlineData("open = 1", 8)]
    [InlineData("AND", 1)]
    [InlineData("title = x %", 11)]
    public void Says_where_it_cannot_be_read(string filter, int position)
    {
        var fault = Assert.ThrowsAny<RpcException>(() => s_schema.Parse(filter));

        Assert.Equal((StatusCode.InvalidArgument, ErrorReason.InvalidFilter), (fault.StatusCode, RpcFault.ReasonOf(fault)));
        Assert.Equal($"{position}", fault.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Metadata["position"]);
        Assert.Equal("filter", Assert.Single(fault.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations).Field);
    }

    [Fact]
    public void Refuses_what_is_too_long_or_too_deep()
    {
        Assert.ThrowsAny<RpcException>(() => s_schema.Parse(new string('(', 1_000)));
        Assert.ThrowsAny<RpcException>(() => s_schema.Parse($"title = {new string('x', 2_000)}"));
    }

    private sealed record Item(
        string Title, State State, DateTimeOffset? CreateTime, double Size, bool Open, Dictionary<string, string> Labels);
}
