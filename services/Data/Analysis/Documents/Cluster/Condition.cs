using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Cluster;

/// <summary>A condition of an object: <c>{"type": "Ready", "status": "False", "reason": "KubeletNotReady", "message": …}</c>.</summary>
internal sealed record Condition(string Type, string Status, string Reason, string Message, DateTimeOffset? Since, Node Node)
{
    /// <summary>Null if unknown.</summary>
    public bool? IsTrue => Values.Flag(Status);

    public static IReadOnlyList<Condition> Of(Node owner)
    {
        var conditions = owner.First("status/conditions", "conditions");
        return conditions switch
        {
            { IsList: true } =>
            [
                .. conditions.Items.Where(item => item.IsMap && item.TextOf("type").Length > 0).Select(item => new Condition(
                    item.TextOf("type"), item.TextOf("status"), item.TextOf("reason"), item.TextOf("message"),
                    item.TimeOf("lastTransitionTime", "lastUpdateTime", "since"), item)),
            ],
            { IsMap: true } =>
            [
                .. conditions.Members.Select(member => member.Value.IsMap
                    ? new Condition(member.Name, member.Value.TextOf("status"), member.Value.TextOf("reason"),
                        member.Value.TextOf("message"), null, member.Value)
                    : new Condition(member.Name, member.Value.Text, "", "", null, member.Value)),
            ],
            _ => [],
        };
    }
}
