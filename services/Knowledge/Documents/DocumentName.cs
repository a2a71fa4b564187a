using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace FaultMaven.Knowledge.Documents;

/// <summary>
/// The name of a document, <c>documents/{document}</c>. It follows from the path, so an import that is repeated finds its document again.
/// </summary>
internal readonly record struct DocumentName
{
    private const string Collection = "documents/";

    /// <summary>80 bits: among a million documents two share a name with a chance below one in a trillion.</summary>
    private const int IdLength = 20;

    private const int MaxIdLength = 64;

    private static readonly SearchValues<char> s_idCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private readonly string _id;

    private DocumentName(string id) => _id = id;

    public static DocumentName Of(string path) => new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..IdLength]);

    /// <summary>Reads a name; false if it does not have the form of one.</summary>
    public static bool TryParse(string text, out DocumentName name)
    {
        var id = text.StartsWith(Collection, StringComparison.Ordinal) ? text[Collection.Length..] : "";
        name = new DocumentName(id);
        return id.Length is > 0 and <= MaxIdLength && !id.AsSpan().ContainsAnyExcept(s_idCharacters);
    }

    public override string ToString() => Collection + _id;
}
