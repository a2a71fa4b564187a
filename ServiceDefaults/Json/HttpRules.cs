using Google.Api;
using Microsoft.AspNetCore.Http;

namespace FaultMaven.ServiceDefaults.Json;

/// <summary>Reads the path templates of <c>google.api.http</c> rules.</summary>
public static class HttpRules
{
    /// <summary>A part of a path: <c>/</c> or <c>:</c>, then a literal, <c>*</c> or <c>**</c>.</summary>
    /// <param name="Separator">What is before it.</param>
    /// <param name="Text">What it is.</param>
    /// <param name="Variable">The request field that it is part of, or null.</param>
    public readonly record struct Segment(char Separator, string Text, string? Variable);

    /// <summary>The verb of HTTP, and the path template.</summary>
    public static (string Verb, string Path) PatternOf(HttpRule rule) => rule.PatternCase switch
    {
        HttpRule.PatternOneofCase.Get => (HttpMethods.Get, rule.Get),
        HttpRule.PatternOneofCase.Post => (HttpMethods.Post, rule.Post),
        HttpRule.PatternOneofCase.Put => (HttpMethods.Put, rule.Put),
        HttpRule.PatternOneofCase.Patch => (HttpMethods.Patch, rule.Patch),
        HttpRule.PatternOneofCase.Delete => (HttpMethods.Delete, rule.Delete),
        _ => (rule.Custom.Kind, rule.Custom.Path),
    };

    /// <summary>The segments of <c>/v1/{parent=cases/*}/turns:watch</c>: v1, cases, *, turns, watch.</summary>
    public static IEnumerable<Segment> SegmentsOf(string path)
    {
        string? variable = null;
        var separator = '/';
        var start = 1;
        for (var i = 1; i <= path.Length; i++)
        {
            var next = i < path.Length ? path[i] : '/';
            switch (next)
            {
                case '{':
                    // {name} alone is one segment.
                    var end = path.AsSpan(i).IndexOfAny('=', '}') + i;
                    variable = path[(i + 1)..end];
                    if (path[end] == '}')
                    {
                        yield return new Segment(separator, "*", variable);
                        variable = null;
                    }

                    i = end;
                    start = end + 1;
                    break;
                case '/' or ':' or '}':
                    if (i > start)
                    {
                        yield return new Segment(separator, path[start..i], variable);
                    }

                    if (next == '}')
                    {
                        variable = null;
                    }
                    else
                    {
                        separator = next;
                    }

                    start = i + 1;
                    break;
            }
        }
    }
}
