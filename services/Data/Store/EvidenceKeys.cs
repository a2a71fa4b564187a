using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FaultMaven.ServiceDefaults.State;

namespace FaultMaven.Data.Store;

/// <summary>Under which keys evidence is kept; a case is a partition.</summary>
internal static class EvidenceKeys
{
    /// <summary>What the keys of evidence begin with.</summary>
    public const string RecordPrefix = "evidence/";

    /// <summary>What the keys of the signals of evidence begin with.</summary>
    public const string SignalsPrefix = "signals/";

    /// <summary>What the keys of places in the order of evidence begin with.</summary>
    public const string OrderPrefix = "order/";

    /// <summary>What the keys of the case's <see cref="SignalViewStore">view</see> begin with.</summary>
    public const string ViewPrefix = "view/";

    /// <summary>A counter: the bytes of all texts of the case.</summary>
    public const string Bytes = "bytes";

    /// <summary>A counter that grows with every change of the case's signals.</summary>
    public const string Version = "version";

    /// <summary>There once the case was deleted, so that uploads that are still running store nothing.</summary>
    public const string Deleted = "deleted";

    /// <summary>What the case's view consists of: a <see cref="StoredSignalView"/>.</summary>
    public const string ViewHead = $"{ViewPrefix}head";

    public static Partition PartitionOf(CaseName name) => Partition.OfCaller(name.Id);

    /// <summary>The evidence itself: a serialised <see cref="Proto.Evidence"/>.</summary>
    public static string Record(string id) => $"{RecordPrefix}{id}";

    /// <summary>What was found in evidence: <see cref="StoredSignals"/>.</summary>
    public static string Signals(string id) => $"{SignalsPrefix}{id}";

    /// <summary>How many bytes the text of evidence has, in decimal.</summary>
    public static string Size(string id) => $"sizes/{id}";

    /// <summary>The id of the evidence with this content; it keeps equal content from being stored twice.</summary>
    public static string Content(string sha256) => $"contents/{sha256}";

    /// <summary>
    /// The ids of the last versions of a file, with spaces between them. The name is hashed: it may be longer than a key.
    /// </summary>
    public static string Versions(string fileName) =>
        $"names/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(fileName)))}";

    /// <summary>A place in the order in which evidence was stored; the record is empty.</summary>
    public static string Place(EvidencePlace place) =>
        string.Create(CultureInfo.InvariantCulture, $"{OrderPrefix}{place.Milliseconds:D19}/{place.Id}");

    /// <summary>A chunk of the view that was made of a version: <see cref="StoredSignals"/>.</summary>
    public static string ViewChunk(long version, int chunk) =>
        string.Create(CultureInfo.InvariantCulture, $"{ViewPrefix}{version}/{chunk}");
}
