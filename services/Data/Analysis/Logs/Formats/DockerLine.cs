using System.Buffers;
using System.Text;
using System.Text.Json;
using FaultMaven.Data.Analysis.Logs.Times;

namespace FaultMaven.Data.Analysis.Logs.Formats;

/// <summary>
/// Takes off what Docker's json-file driver puts around a line: <c>{"log":"served
/// /\n","stream":"stdout","time":"2026-03-12T12:00:01.1Z"}</c>.
/// </summary>
internal static class DockerLine
{
    private const string Start = "{\"log\":\"";
    private const string Stream = "\"stream\":\"std";

    /// <summary>Reads the line inside; false if there is none.</summary>
    /// <param name="line">The line.</param>
    /// <param name="times">Reads its time.</param>
    /// <param name="held">Holds what <paramref name="inner"/> points to.</param>
    /// <param name="inner">The line that the container wrote.</param>
    /// <param name="time">When it did.</param>
    public static bool TryRead(ReadOnlySpan<char> line, TimeText times, JsonText held, out ReadOnlySpan<char> inner,
        out DateTimeOffset? time)
    {
        inner = default;
        time = null;
        if (!line.StartsWith(Start, StringComparison.Ordinal) || !line.Contains(Stream, StringComparison.Ordinal))
        {
            return false;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(line.Length));
        try
        {
            var reader = new Utf8JsonReader(buffer.AsSpan(0, Encoding.UTF8.GetBytes(line, buffer)));
            held.Reset(line.Length);
            var isLog = false;
            var isTime = false;
            while (reader.Read() && reader.CurrentDepth <= 1)
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    isLog = reader.ValueTextEquals("log"u8);
                    isTime = reader.ValueTextEquals("time"u8);
                }
                else if (reader.TokenType == JsonTokenType.String && isLog)
                {
                    inner = held.Take(ref reader).TrimEnd("\r\n");
                }
                else if (reader.TokenType == JsonTokenType.String && isTime)
                {
                    time = times.Read(held.Take(ref reader)).Time;
                }
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
