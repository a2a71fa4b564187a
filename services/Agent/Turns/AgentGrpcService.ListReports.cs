using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Paging;
using Grpc.Core;

namespace FaultMaven.Agents.Turns;

internal sealed partial class AgentGrpcService
{
    private const int DefaultReportPageSize = 20;
    private const int MaxReportPageSize = 50;

    public override async Task<Proto.ListReportsResponse> ListReports(Proto.ListReportsRequest request, ServerCallContext context)
    {
        var parent = new CaseName(ParseCase(request.Parent));
        var page = KeysetPage.Of(request, DefaultReportPageSize, MaxReportPageSize);
        var start = page.IsFirst ? 0 : page.Number(0);
        var found = await reports.ListAsync(parent, start, page.Size + 1);
        if (found.Count == 0)
        {
            await messages.EnsureExistsAsync(request.Parent, context.CancellationToken);
        }

        return new()
        {
            Reports = { found.Take(page.Size).Select(Brief) },
            NextPageToken = found.Count > page.Size ? page.NextToken(start + page.Size) : "",
        };
    }

    // What a list shows; GetReport has the rest.
    private static Proto.Report Brief(Proto.Report report)
    {
        report.Sections.Clear();
        report.CausalChain.Clear();
        report.Sources.Clear();
        report.Curves.Clear();
        report.Record.Clear();
        report.LogRate = null;
        return report;
    }
}
