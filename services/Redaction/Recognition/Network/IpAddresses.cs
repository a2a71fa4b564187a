using System.Net;
using System.Net.Sockets;

namespace FaultMaven.Redaction.Recognition.Network;

/// <summary>
/// IPv4 and IPv6 addresses: <c>10.1.2.3</c>, <c>2001:db8::17</c>, with port, brackets or prefix length beside them. They are
/// pseudonymised, not blanked, so that hosts stay distinguishable. Addresses that name no host (loopback, unspecified, broadcast) and
/// four-part versions stay.
/// </summary>
internal sealed class IpAddresses : Recognizer
{
    private const int MaxIpv6 = 48;
    private const int MaxVersion = 16;

    // What leaves groups out of an address of the newer kind; one that leaves out none is a pattern.
    public override IReadOnlyList<Literal> Literals { get; } = [new("::")];

    public override CharacterPatterns CharacterPatterns => CharacterPatterns.DottedQuad | CharacterPatterns.HexGroups;

    public override void Match(ReadOnlySpan<char> text, int at, int literal, FindingList findings) =>
        MatchIpv6(text, at - Alphabets.RunBefore(text, at, Alphabets.Ipv6, MaxIpv6), findings);

    public override void MatchPattern(ReadOnlySpan<char> text, int at, CharacterPatterns pattern, FindingList findings)
    {
        if (pattern == CharacterPatterns.DottedQuad)
        {
            MatchIpv4(text, at, findings);
        }
        else
        {
            MatchIpv6(text, at, findings);
        }
    }

    private static void MatchIpv4(ReadOnlySpan<char> text, int at, FindingList findings)
    {
        Span<int> octets = stackalloc int[4];
        var i = at;
        for (var part = 0; part < 4; part++)
        {
            var digits = Alphabets.Run(text, i, Alphabets.Digits, 4);
            if (digits is 0 or > 3 || (digits > 1 && text[i] == '0'))
            {
                return;
            }

            octets[part] = int.Parse(text.Slice(i, digits));
            i += digits;
            if (octets[part] > 255 || (part < 3 && (i >= text.Length || text[i++] != '.')))
            {
                return;
            }
        }

        var namesNoHost = octets[0] == 127 || (octets[0] | octets[1] | octets[2] | octets[3]) == 0
            || (octets[0] & octets[1] & octets[2] & octets[3]) == 255;
        if (!namesNoHost && !RunsOn(text, at, i) && !IsVersion(text, at))
        {
            findings.Add(FindingTypes.IpAddress, at, i, 0.95);
        }
        else
        {
            findings.Doubt(Math.Max(0, at - MaxVersion), i + 1);
        }
    }

    // 1.2.3.4.5, 4.1.2.3.4, lib-1.2.3.4.jar, 1.2.3.4-rc1, OIDs.
    private static bool RunsOn(ReadOnlySpan<char> text, int start, int end)
    {
        if (start > 0 && (text[start - 1] == '.' || (text[start - 1] is '-' or '_' && start > 1 && char.IsLetter(text[start - 2])))
            && (text[start - 1] == '.' || (end < text.Length && text[end] == '.')))
        {
            return true;
        }

        return end < text.Length
            && (char.IsLetterOrDigit(text[end]) || text[end] == '_'
                || (text[end] is '.' or '-' && end + 1 < text.Length
                && (text[end] == '.' ? char.IsDigit(text[end + 1]) : char.IsLetter(text[end + 1]))));
    }

    // v1.2.3.4, version 1.2.3.4, "version":"1.2.3.4", Chrome/113.0.0.0; a path segment such as nodes/10.0.0.1 is an address.
    private static bool IsVersion(ReadOnlySpan<char> text, int at)
    {
        var before = text[Math.Max(0, at - MaxVersion)..at];
        if (before.EndsWith('/') && before.Length > 1 && char.IsLetter(before[^2]))
        {
            var word = before[..^1];
            var start = word.LastIndexOfAny(Alphabets.WordBreaks) + 1;
            return char.IsUpper(word[start]);
        }

        var trimmed = before.TrimEnd(" =:\"'\t");
        return trimmed.EndsWith("version", StringComparison.OrdinalIgnoreCase)
            || trimmed.EndsWith(" ver", StringComparison.OrdinalIgnoreCase)
            || trimmed.EndsWith(" ver.", StringComparison.OrdinalIgnoreCase) || trimmed.EndsWith(" rev", StringComparison.OrdinalIgnoreCase)
            || trimmed.EndsWith("release", StringComparison.OrdinalIgnoreCase)
            || trimmed.EndsWith("build", StringComparison.OrdinalIgnoreCase)
            || trimmed.EndsWith(" v", StringComparison.OrdinalIgnoreCase) || trimmed.EndsWith("ver", StringComparison.Ordinal)
            && before.EndsWith('=');
    }

    private static void MatchIpv6(ReadOnlySpan<char> text, int start, FindingList findings)
    {
        if (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is ':' or '.' or '_' || Placeholder.EndsAt(text, start)))
        {
            findings.Doubt(start - 1, start);
            return;
        }

        var length = Alphabets.Run(text, start, Alphabets.Ipv6, MaxIpv6);
        if (length == MaxIpv6)
        {
            findings.Doubt(start, start + length);
            return;
        }

        var run = text.Slice(start, length).TrimEnd('.');
        run = run.EndsWith("::", StringComparison.Ordinal) ? run : run.TrimEnd(':');

        // Eight groups and a port: 0:0:0:0:0:0:0:1:2181.
        if (run.Count(':') == 8 && !run.Contains("::", StringComparison.Ordinal))
        {
            run = run[..run.LastIndexOf(':')];
        }

        // A time (12:34:56) has too few colons for an address that leaves no groups out.
        if (run.Count(':') < (run.Contains("::", StringComparison.Ordinal) ? 2 : 6) || !Boundary.After(text, start + run.Length)
            || !run.ContainsAnyInRange('0', '9')
            || !IPAddress.TryParse(run, out var address) || address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            findings.Doubt(start, start + length);
            return;
        }

        var digits = run.Length - run.Count(':');
        if (digits >= 5 && !IPAddress.IsLoopback(address) && !address.Equals(IPAddress.IPv6Any))
        {
            findings.Add(FindingTypes.IpAddress, start, start + run.Length, 0.95);
        }
    }
}
