using FaultMaven.ServiceDefaults.Filtering;

namespace FaultMaven.Sessions.Cases.Listing;

/// <summary>What lists of cases are filtered by.</summary>
internal static class CaseFilter
{
    public static FilterSchema<Proto.Case> Schema { get; } = new FilterSchema<Proto.Case>()
        .Text("title", listed => listed.Title)
        .Text("conclusion", listed => listed.Conclusion)
        .Enum("state", listed => listed.State)
        .Enum("resolution", listed => listed.Resolution)
        .Level("priority", listed => listed.Priority)
        .Level("severity", listed => listed.Severity)
        .Text("description", listed => listed.Description)
        .Texts("tags", listed => listed.Tags)
        .Text("service", listed => listed.Service)
        .Text("owner", listed => listed.Owner)
        .Enum("access", listed => listed.Access)
        .Texts("members", listed => listed.Members.Select(member => member.Member))
        .Time("create_time", listed => listed.CreateTime.ToDateTimeOffset())
        .Time("update_time", listed => listed.UpdateTime.ToDateTimeOffset())
        .Time("close_time", listed => listed.CloseTime?.ToDateTimeOffset())
        .Number("message_count", listed => listed.MessageCount)
        .Number("evidence_count", listed => listed.EvidenceCount);
}
