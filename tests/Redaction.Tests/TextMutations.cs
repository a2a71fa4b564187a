using System.Text;
using System.Text.Json;

namespace FaultMaven.Redaction.Tests;

/// <summary>
/// Texts that no one would write: made from lines that recognisers know by cutting, repeating, joining, escaping and encoding them and by
/// putting into them what breaks readers. The same seed gives the same texts.
/// </summary>
internal sealed class TextMutations(int seed)
{
    private const int Longest = 40_000;

    // All values are made up.
    private static readonly string[] s_corpus =
    [
        "2026-03-01T10:15:02.123Z INFO [exec-4] c.e.shop.CartService - priced in 12ms, trace=4bf92f3577b34da6a3ce929d0e0e4736",
        "password=Zt7-made-up", "\"client_secret\": \"Zt7madeup0Zt7madeup1\"", "<password>Zt7-made-up</password>",
        "password: |\n  Zt7-made-up\n", "curl -u app:Zt7-made-up https://shop.example/",
        "Authorization: Bearer MadeUpForTestsOnly0MadeUp", "Cookie: theme=dark; sessionid=MadeUpForTestsOnly0MadeUp",
        "postgres://app:Zt7-made-up@db-primary:5432/shop",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJtYWRlLXVwIn0.MadeUpForTestsOnly0MadeUp", "ghp_MadeUpForTestsOnly0MadeUpForTestsOnl",
        "AKIAMADEUPEXAMPLE000",
        "-----BEGIN PRIVATE KEY-----\nMadeUpForTestsOnly0MadeUpForTestsOnly1\n-----END PRIVATE KEY-----",
        "Server=db;User Id=app;Password=Zt7-made-up;", "mysql -pZt7madeup shop",
        "Accepted password for user ada from 10.20.30.40 port 22", "2001:db8::17 fe80::1%eth0 02:00:5e:10:00:7f",
        "card 4111 1111 1111 1111, iban GB82 WEST 1234 5698 7654 32, ssn 078-05-1120",
        "Call Ada Lovelace at +44 7700 900123 or (202) 555-0143.", "Dear Ada B. Lovelace,\nmy name is Charlotte; write to ada@example.com",
        "/home/ada/.ssh C:\\Users\\ada\\", "<EMAIL_ADDRESS_7> <SECRET_1>",
        "payload: cGFzc3dvcmQ9WnQ3LW1hZGUtdXA=", "pass\u200bword=Zt7-made-up", "ｐａｓｓｗｏｒｄ＝Zt7-made-up", "pаssword=Zt7-made-up",
        "{{ value }} ${VAR} %(name)s ***",
    ];

    private static readonly string[] s_pieces =
    [
        "\0", "\ud83d", "\ude00", "\uffff", "\ufeff", "\u200b", "\u202e", "\"", "'", "`", "\\", "\\\\\"", "\r\n", "\n", "\t", " ", "=",
        ":", "@", "<", ">", "%", "%3D", "&quot;", "\u001b[31m", "\\u003d",
        "é", "中", "а", "ſ", "٣", "(", ")", "{", "}", "[", "]", "-", "_", "+", "0", "999", "::", "//", "=====",
    ];

    private readonly Random _random = new(seed);

    /// <summary>Another text.</summary>
    public string Next()
    {
        var text = Line();
        for (var i = _random.Next(1, 9); i > 0; i--)
        {
            text = Mutate(text);
            text = text.Length > Longest ? text[..Longest] : text;
        }

        return text;
    }

    /// <summary>A text cut anywhere.</summary>
    public IEnumerable<string> Cut(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var length = Math.Min(text.Length - at, _random.Next(1, _random.Next(2) == 0 ? 40 : 20_000));
            yield return text.Substring(at, length);
            at += length;
        }
    }

    private string Mutate(string text) => _random.Next(12) switch
    {
        0 => text + Line(),
        1 => text.Insert(Place(text), s_pieces[_random.Next(s_pieces.Length)]),
        2 => text.Remove(Place(text)),
        3 => text[Place(text)..],
        4 => text.Insert(Place(text), Line()),
        5 => text.Insert(Place(text), string.Concat(Enumerable.Repeat(s_pieces[_random.Next(s_pieces.Length)], _random.Next(1, 400)))),
        6 => string.Concat(Enumerable.Repeat(Slice(text), _random.Next(1, 4_000 / Math.Max(1, Math.Min(text.Length, 400))))),
        7 => JsonSerializer.Serialize(text),
        8 => Uri.EscapeDataString(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text))),
        9 => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)),
        10 => string.Concat(text.Select(c => _random.Next(20) == 0 ? (char)_random.Next(char.MaxValue + 1) : c)),
        _ => _random.Next(2) == 0 ? text.ToUpperInvariant() : text.ToLowerInvariant(),
    };

    private string Slice(string text)
    {
        var start = Place(text);
        return text.Substring(start, Math.Min(text.Length - start, _random.Next(1, 400)));
    }

    private int Place(string text) => _random.Next(text.Length + 1);

    private string Line() => s_corpus[_random.Next(s_corpus.Length)];
}
