using FaultMaven.Protos.Data.V1;

namespace FaultMaven.Data.Tests.Classification.Corpus;

/// <summary>
/// Samples of which a person, too, would ask what they are: two things in one file in equal parts, or too little of anything. The first
/// type is what the person who pasted it meant, as far as one can see.
/// </summary>
internal static class Ambiguous
{
    private const string Log =
        "2024-05-01T10:00:00Z INFO cart saved\n2024-05-01T10:00:01Z WARN cart is slow\n2024-05-01T10:00:02Z INFO cart saved\n";
    private const string Settings = "cart.pool.size = 20\ncart.pool.timeout = 30\ncart.url = http://cart-1\n";
    private const string Table = "NAME READY STATUS RESTARTS AGE\nweb-0 1/1 Running 0 5d\nweb-1 0/1 Error 3 5d\n";
    private const string Trace =
        "java.lang.IllegalStateException: closed\n\tat shop.Cart.add(Cart.java:4)\n\tat shop.Main.run(Main.java:9)\n";
    private const string Prose =
        "We saw this in the shop after lunch and cannot explain it.\nIt went away when the cart was restarted by hand.\n"
            + "Please tell us what you think of it.\n";
    private const string Code = "def add(cart, item):\n    if (cart.closed): return None\n    return cart.put(item)\n";
    private const string Samples = "cart_items{shop=\"a\"} 12\ncart_items{shop=\"b\"} 14\ncart_open 3\n";

    public static IReadOnlyList<LabelledSample> All { get; } =
    [
        // Two things in one file.
        Of(EvidenceType.Logs, Log + Settings),
        Of(EvidenceType.Config, Settings + Log),
        Of(EvidenceType.CommandOutput, Table + Log),
        Of(EvidenceType.CommandOutput, Table + Settings),
        Of(EvidenceType.ErrorReport, Trace + Settings),
        Of(EvidenceType.SourceCode, Code + Trace),
        Of(EvidenceType.Text, Prose + Settings),
        Of(EvidenceType.Text, Prose + Code),
        Of(EvidenceType.Metrics, Samples + Settings),
        Of(EvidenceType.Metrics, Samples + Log),
        Of(EvidenceType.Config, Settings + Code),
        Of(EvidenceType.CommandOutput, Table + Trace),

        // Too little of anything.
        Of(EvidenceType.Text, "checkout"),
        Of(EvidenceType.Text, "web-1\nweb-2\nweb-3"),
        Of(EvidenceType.Text, "42\n17\n93"),
        Of(EvidenceType.Text, "http://cart-1/health\nhttp://cart-2/health"),
        Of(EvidenceType.Text, "PASS cart_is_empty\nFAIL cart_is_full"),
        Of(EvidenceType.Text, "| who | when |\n|---|---|\n| ann | noon |"),
        Of(EvidenceType.Text, "TWFuIGlzIGRpc3Rpbmd1aXNoZWQ="),
        Of(EvidenceType.Config, "retries: 3"),
        Of(EvidenceType.Config, "name: web\nport: 80"),
        Of(EvidenceType.Logs, "pool=cart size=20 idle=3\npool=order size=20 idle=9"),
        Of(EvidenceType.Metrics, "name,total\ncart,12\norder,9"),
        Of(EvidenceType.Config, "{\"size\": 20, \"idle\": 3}"),
        Of(EvidenceType.Metrics, "[12, 14, 90, 12]"),
        Of(EvidenceType.Text, "<p>502 Bad Gateway</p>"),
        Of(EvidenceType.Text, "Subject: cart\nFrom: ann\nTo: bob\n\nslow again"),
        Of(EvidenceType.SourceCode, "cart.add(item)\ncart.close()"),
    ];

    private static LabelledSample Of(EvidenceType type, string content) => new(type, "paste", content, "ambiguous");
}
