using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using FaultMaven.Data.Analysis.Logs.Times;

namespace FaultMaven.Data.Analysis.Logs.Formats;

/// <summary>
/// Reads a log line that is a JSON object, by the names that fields commonly have: <c>{"ts": 1762000000.5, "level": "error", "msg": "no
/// route", "service": "cart"}</c>. Fields of objects inside count where the outer ones say nothing.
/// </summary>
internal static class JsonLine
{
    // Longer names have no meaning to us.
    private const int MaxNameLength = 24;

    private static readonly JsonReaderOptions s_options = new() { MaxDepth = 32, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Reads an object; false, with <paramref name="parsed"/> untouched, if the line is not one.</summary>
    /// <param name="line">The line.</param>
    /// <param name="times">Reads its time.</param>
    /// <param name="text">Holds what <paramref name="parsed"/> points to.</param>
    /// <param name="parsed">Gets what is read.</param>
    public static bool TryRead(ReadOnlySpan<char> line, TimeText times, JsonText text, ref ParsedLine parsed)
    {
        line = line.TrimEnd();
        if (line.Length < 2 || line[^1] != '}' || line[1..].TrimStart()[0] is not ('"' or '}'))
        {
            return false;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(line.Length));
        try
        {
            var length = Encoding.UTF8.GetBytes(line, buffer);
            var read = default(ParsedLine);
            var reader = new Utf8JsonReader(buffer.AsSpan(0, length), s_options);
            text.Reset(line.Length);
            Read(ref reader, times, text, ref read);
            if (read.Message.IsEmpty)
            {
                // Nothing is called a message: the whole object is.
                read.Message = read.Detail.IsEmpty ? line : read.Detail;
            }

            read.Message = read.Message.TrimEnd();
            read.IsEvent = true;
            parsed = read;
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

    private static void Read(ref Utf8JsonReader reader, TimeText times, JsonText text, ref ParsedLine parsed)
    {
        Span<char> name = stackalloc char[MaxNameLength];
        var meaning = FieldNames.Meaning.None;
        var detailDepth = int.MaxValue;
        var messageDepth = int.MinValue;
        var isCompact = false;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject when meaning == FieldNames.Meaning.Detail && detailDepth == int.MaxValue:
                    detailDepth = reader.CurrentDepth;
                    break;
                case JsonTokenType.StartObject when meaning == FieldNames.Meaning.Message:
                    messageDepth = reader.CurrentDepth;
                    break;
                case JsonTokenType.EndObject when reader.CurrentDepth == detailDepth:
                    detailDepth = int.MaxValue;
                    break;
                case JsonTokenType.PropertyName:
                    // A "status" of words is a level (Datadog), one of digits is an answer of HTTP.
                    meaning = reader.ValueSpan.Length <= name.Length && !reader.ValueIsEscaped
                        ? FieldNames.Of(name[..reader.CopyString(name)]) : FieldNames.Meaning.None;
                    isCompact |= reader.ValueSpan.SequenceEqual("@t"u8);
                    if (meaning == FieldNames.Meaning.Inner)
                    {
                        meaning = reader.CurrentDepth == messageDepth + 1 ? FieldNames.Meaning.Message : FieldNames.Meaning.None;
                    }

                    // {"msg": "not saved", "error": {"message": "disk full"}}: inside an error, the message is the error's.
                    meaning = meaning == FieldNames.Meaning.Message && reader.CurrentDepth > detailDepth ? FieldNames.Meaning.Detail
                        : meaning;
                    break;
                case JsonTokenType.String:
                    if (meaning != FieldNames.Meaning.None)
                    {
                        Take(meaning, text.Take(ref reader), times, ref parsed);
                    }

                    break;
                case JsonTokenType.Number when meaning == FieldNames.Meaning.Level && parsed.Level == Proto.EntryLevel.Unspecified
                    && reader.TryGetInt32(out var level) && level <= 60:
                    parsed.Level = LevelNames.OfNumber(level);
                    break;
                case JsonTokenType.Number when meaning == FieldNames.Meaning.Time && parsed.Time is null
                    && reader.TryGetDouble(out var time):
                    parsed.Time = OfEpoch(time);
                    break;
                default:
                    break;
            }

            if (reader.TokenType != JsonTokenType.PropertyName
                && reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            {
                meaning = FieldNames.Meaning.None;
            }
        }

        // Serilog's compact form leaves out the level that most entries have.
        parsed.Level = isCompact && parsed.Level == Proto.EntryLevel.Unspecified ? Proto.EntryLevel.Information : parsed.Level;
    }

    private static void Take(FieldNames.Meaning meaning, ReadOnlySpan<char> value, TimeText times, ref ParsedLine parsed)
    {
        if (value.IsEmpty)
        {
            return;
        }

        switch (meaning)
        {
            case FieldNames.Meaning.Time when parsed.Time is null:
                parsed.Time = times.Read(value) is { Length: > 0 } reading ? reading.Time
                    : double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var epoch) ? OfEpoch(epoch) : null;
                break;
            case FieldNames.Meaning.Level when parsed.Level == Proto.EntryLevel.Unspecified:
                parsed.Level = LevelNames.Read(value);
                break;
            case FieldNames.Meaning.Letter when parsed.Level == Proto.EntryLevel.Unspecified && value.Length == 1:
                parsed.Level = LevelNames.OfLetter(value[0]);
                break;
            case FieldNames.Meaning.Host when parsed.Host.IsEmpty:
                parsed.Host = value;
                break;
            case FieldNames.Meaning.Message when parsed.Message.IsEmpty:
                parsed.Message = value;
                break;
            case FieldNames.Meaning.Source when parsed.Source.IsEmpty:
                parsed.Source = value;
                break;
            case FieldNames.Meaning.Detail when parsed.Detail.IsEmpty:
                parsed.Detail = value;
                break;
            default:
                break;
        }
    }

    /// <summary>
    /// A time in seconds, milliseconds, microseconds or nanoseconds since 1970, distinguished by size; null if it is not one of them.
    /// </summary>
    public static DateTimeOffset? OfEpoch(double value)
    {
        var seconds = value switch
        {
            > 1e17 => value / 1e9,
            > 1e14 => value / 1e6,
            > 1e11 => value / 1e3,
            _ => value,
        };
        return seconds is > 631_152_000 and < 4_102_444_800 ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond))
            : null;
    }
}
