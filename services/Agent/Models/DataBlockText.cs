using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FaultMaven.Agents.Models;

/// <summary>
/// Writes blocks of data so that their content can neither close them nor look like another item: the border contains a number that is in
/// no text of the request, and every further line of an item is indented after a bar.
/// </summary>
/// <remarks>
/// <code>
/// &lt;&lt;&lt;FAULTMAVEN-DATA 3f0c… signals
/// S1 [log.errors, Active, Error]: first line
///     | second line
/// FAULTMAVEN-DATA 3f0c…&gt;&gt;&gt;
/// </code>
/// The number is a hash of all the texts, so the same request gives the same bytes, and no one can write a text that contains the hash of
/// itself and of the others.
/// </remarks>
internal static class DataBlockText
{
    public const string Mark = "FAULTMAVEN-DATA";

    private const string Continuation = "\n    | ";
    private const int Digits = 32;

    /// <summary>The number for the borders of a request.</summary>
    /// <param name="texts">Every text in it that is not ours.</param>
    public static string NumberFor(IReadOnlyList<string> texts)
    {
        for (var attempt = 0; ; attempt++)
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(Encoding.UTF8.GetBytes(attempt.ToString(CultureInfo.InvariantCulture)));
            foreach (var text in texts)
            {
                // With its length, so that moving text from one item to the next gives another number.
                hash.AppendData(BitConverter.GetBytes(text.Length));
                hash.AppendData(Encoding.UTF8.GetBytes(text));
            }

            var number = Convert.ToHexStringLower(hash.GetHashAndReset())[..Digits];
            if (!texts.Any(text => text.Contains(number, StringComparison.OrdinalIgnoreCase)))
            {
                return number;
            }
        }
    }

    /// <summary>Writes a block.</summary>
    /// <param name="name">See <see cref="DataBlock.Name"/>.</param>
    /// <param name="items">The leads, and the texts after them.</param>
    /// <param name="number">See <see cref="NumberFor"/>.</param>
    public static string Write(string name, IEnumerable<(string Lead, string Text)> items, string number)
    {
        var block = new StringBuilder($"<<<{Mark} {number} {name}\n");
        foreach (var (lead, text) in items)
        {
            var shown = VisibleText.Of(text);
            block.Append(lead).Append(": ").Append(shown.Replace("\n", Continuation, StringComparison.Ordinal)).Append('\n');
        }

        return block.Append(CultureInfo.InvariantCulture, $"{Mark} {number}>>>").ToString();
    }
}
