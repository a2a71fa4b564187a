using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.State;

namespace FaultMaven.Sessions.Cases.Listing;

/// <summary>An entry of the index.</summary>
/// <param name="Name">The case that it leads to.</param>
/// <param name="End">Where that is in the sequence.</param>
/// <param name="Digests">Digests of its facets, with spaces between them; empty if they are not known.</param>
internal readonly record struct IndexEntry(CaseName Name, string End, string Digests)
{
    /// <summary>Reads a record whose key ends with <paramref name="end"/>.</summary>
    public static IndexEntry Read(StateRecord record, string end)
    {
        var text = record.Text;
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        return space < 0
            ? new IndexEntry(new CaseName(text), end, "")
            : new IndexEntry(new CaseName(text[..space]), end, text[(space + 1)..]);
    }

    /// <summary>The id of the case that a record leads to.</summary>
    public static string IdOf(StateRecord record) => Read(record, end: "").Name.Id;
}
