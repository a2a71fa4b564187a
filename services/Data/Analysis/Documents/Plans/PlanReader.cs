using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Plans;

/// <summary>Reads plans of PostgreSQL and MySQL in JSON.</summary>
internal sealed class PlanReader : IDocumentReader
{
    private const int MaxDepth = 200;
    private const int MaxPlans = 50;

    public void Read(Node root, SignalBuilder signals, CancellationToken cancellationToken)
    {
        var plans = 0;
        foreach (var (node, _) in root.Walk())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!node.IsMap || plans >= MaxPlans)
            {
                continue;
            }

            if (node.First("Plan") is { IsMap: true } plan && plan.First("Node Type") is not null)
            {
                plans++;
                PlanSignals.Judge(PostgresStep(plan, 0), signals);
            }
            else if (node.First("query_block") is { IsMap: true } block)
            {
                plans++;
                PlanSignals.Judge(MySqlPlan(block), signals);
            }
        }
    }

    // {"Node Type": "Seq Scan", "Relation Name": "orders", "Plan Rows": 100, "Actual Rows": 90000, "Actual Loops": 1, "Actual Total Time":
    // 91.2, "Plans": […]}
    private static PlanStep PostgresStep(Node node, int depth)
    {
        var name = node.TextOf("Node Type");
        var loops = Math.Max(1, node.NumberOf("Actual Loops") ?? 1);
        var step = new PlanStep(name, node.TextOf("Relation Name"), At(node.First("Node Type") ?? node))
        {
            ReadsAll = name.EndsWith("Seq Scan", StringComparison.Ordinal),
            Loops = loops,
            Expected = node.NumberOf("Plan Rows") * loops,
            Actual = node.NumberOf("Actual Rows") * loops,
            Milliseconds = node.NumberOf("Actual Total Time") * loops,
            Removed = (node.NumberOf("Rows Removed by Filter") ?? 0) * loops,
            Filter = node.TextOf("Filter"),
            SpilledKilobytes = node.TextOf("Sort Space Type") == "Disk" ? node.NumberOf("Sort Space Used") ?? 0
                : node.NumberOf("Disk Usage") is > 0 and var used ? used
                : node.NumberOf("Hash Batches") is > 1 and var batches ? (batches - 1) * (node.NumberOf("Peak Memory Usage") ?? 0)
                : 0,
        };
        foreach (var below in depth < MaxDepth ? node.First("Plans")?.Items ?? [] : [])
        {
            step.Steps.Add(PostgresStep(below, depth + 1));
        }

        return step;
    }

    // {"query_block": {"cost_info": …, "nested_loop": [{"table": {"table_name": "orders", "access_type": "ALL", "rows_examined_per_scan":
    // 90000, "filtered": "1.00", "attached_condition": …}}]}}
    private static PlanStep MySqlPlan(Node block)
    {
        var root = new PlanStep("Query", "", At(block.First("cost_info/query_cost") ?? block));
        foreach (var (node, _) in block.Walk())
        {
            if (!node.IsMap || node.First("table_name") is not { IsScalar: true } table)
            {
                continue;
            }

            var access = node.TextOf("access_type");
            var examined = node.NumberOf("rows_examined_per_scan", "rows_examined_per_join") ?? 0;
            var kept = (node.NumberOf("filtered") ?? 100) / 100;
            root.Steps.Add(new PlanStep(access.Length > 0 ? $"Access by {access}"
                : "Access", table.Text, new LineRange(table.Line, (node.First("access_type") ?? table).EndLine))
            {
                ReadsAll = Names.Same(access, "ALL"),
                Expected = examined * kept,
                Removed = examined * (1 - kept),
                Filter = node.TextOf("attached_condition"),
            });
        }

        return root;
    }

    private static LineRange At(Node node) => new(node.Line, node.EndLine);
}
