using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace FaultMaven.Redaction.Tests;

/// <summary>
/// Texts put together at random from the samples of the other tests and pieces of them: joined by all that can be between two values
/// and by nothing, with placeholders among them, escaped, encoded, with characters that don't show. So every value comes to are beside
/// every other. The same seed gives the same texts.
/// </summary>
/// <param name="seed">Of the random choices.</param>
internal sealed class TextCompositions(int seed)
{
    private const int MostParts = 8;
    private const int LongestSample = 300;

    private static readonly string[] s_glue =
    [
        "", "", "", " ", " ", " ", "\n", "\r\n", "\t", ":", ": ", "=", " = ", ",", ", ", ";", "; ", ".", ". ", "/", "\\", "|", " | ", "-",
        " - ", "_", "@", "&", "?", "#", "%", "%20", "%3D", "%26", "+", "'", "\"", "`", "\\\"", "&quot;",
        "(", ")", "[", "]", "{", "}", "<", ">", "</a>", "\\n", "\\u003d", "\u001b[0m", "\0", "\u200b", "\u00ad", "x", "7", "é",
        "\ud83d\ude00", "\ud83d", "~", "$", "!", "*", "://", "::",
    ];

    private static readonly string[] s_names =
    [
        "password=", "password: ", "pw=", "\"secret\": \"", "token ", "api_key=", "key=", "auth: ", "the password is ", "password ",
        "--password ", "-p", "curl -u ", "card ", "phone ", "call ", "ssn ", "passport ", "user=", "/home/",
        "https://", "postgres://app:", "Bearer ", "Authorization: ", "Cookie: sid=", "Dear ", "From: ", "my name is ", "host=", "v",
        "version ",
    ];

    private static readonly string[] s_values =
    [
        "Zt7-made-up", "Zt7madeUp000Qw9xK2", "hunter2", "ada", "Ada Lovelace", "Charlotte", "ada@example.com", "10.20.30.40",
        "2001:db8::17", "fe80::1", "02:00:5e:10:00:7f", "4111 1111 1111 1111", "4111111111111111", "078-05-1120",
        "GB82 WEST 1234 5698 7654 32", "+44 7700 900123", "(202) 555-0143", "202-555-0143", "X1234567", "www.made-up.org",
        "https://made-up.org/x", "/home/ada/.ssh", "AKIAMADEUPEXAMPLE000", "getPassword()", "${VAR}", "***", "null",
        "<EMAIL_ADDRESS_1>", "<PASSWORD_1>", "<SECRET_12>", "<IP_ADDRESS_2>", "<LITERAL_1>", "<PERSON_3>", "<A_1>",
        "cGFzc3dvcmQ9WnQ3LW1hZGUtdXA=", "2026-03-01T10:15:02Z", "9fceb02d0ae598e95dc970b74767f19372d61af8",
    ];

    private static readonly string[] s_samples =
    [
        .. new[]
        {
            typeof(FindingAssignedSecrets), typeof(FindingEncodedSecrets), typeof(FindingPersons), typeof(FindingKnownValues),
                typeof(FindingSecretsInCommands), typeof(FindingSecretsInFiles),
            typeof(FindingHostNames), typeof(LeavingEvidence), typeof(RecognizingPersonalData), typeof(RecognizingSecrets),
                typeof(SeeingThroughHomoglyphs),
        }.SelectMany(type => type.GetMethods()).SelectMany(method => method.GetCustomAttributes<InlineDataAttribute>())
            .Select(data => (string)data.Data[0]!).Concat(MoreSamples.All),
    ];

    private readonly Random _random = new(seed);

    /// <summary>Another text.</summary>
    public string Next()
    {
        var text = new StringBuilder();
        for (var i = _random.Next(1, MostParts); i > 0; i--)
        {
            text.Append(Part()).Append(Any(s_glue));
        }

        return _random.Next(12) == 0 ? Encoded(text.ToString()) : text.ToString();
    }

    private string Part() => _random.Next(10) switch
    {
        < 2 => Any(s_names) + Any(s_values),
        < 4 => Any(s_values),
        4 => Any(s_names),
        5 => Sample(),
        6 => Encoded(_random.Next(2) == 0 ? Sample() : Any(s_names) + Any(s_values)),
        7 => Spoilt(Sample()),
        _ => Piece(Sample()),
    };

    private string Sample() => Any(s_samples) is var sample && sample.Length > LongestSample ? sample[..LongestSample] : sample;

    private string Piece(string text)
    {
        var start = _random.Next(text.Length + 1);
        return text.Substring(start, _random.Next(text.Length - start + 1));
    }

    private string Spoilt(string text) => text.Insert(_random.Next(text.Length + 1), _random.Next(2) == 0 ? Any(s_glue) : Any(s_values));

    private string Encoded(string text) => _random.Next(5) switch
    {
        0 => JsonSerializer.Serialize(text),
        1 => Uri.EscapeDataString(WithoutHalves(text)),
        2 => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)),
        3 => WebUtility.HtmlEncode(WithoutHalves(text)),
        _ => string.Concat(text.Select(c => _random.Next(8) == 0 ? $"{c}\u200b" : $"{c}")),
    };

    private static string WithoutHalves(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private string Any(string[] some) => some[_random.Next(some.Length)];
}
