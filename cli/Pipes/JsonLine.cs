using System.Buffers;
using System.Text;
using System.Text.Json;

namespace FaultMaven.Cli.Pipes;

/// <summary>One line of JSON Lines input.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Id">Its <c>id</c>, as the JSON it was.</param>
/// <param name="Text">The text that the command works on.</param>
internal sealed record JsonLine(long Number, string Id, string Text)
{
    /// <summary>Reads a line such as <c>{"id": 17, "text": "login by ann@example.org"}</c>; other properties are ignored.</summary>
    /// <param name="line">The line without its end.</param>
    /// <param name="number">Its number, from 1.</param>
    /// <param name="property">Which property holds the text.</param>
    /// <exception cref="CommandFailedException">The line is not such an object.</exception>
    public static JsonLine Parse(ReadOnlySequence<byte> line, long number, string property)
    {
        string? id = null;
        string? text = null;
        try
        {
            var reader = new Utf8JsonReader(line);
            Expect(reader.Read() && reader.TokenType == JsonTokenType.StartObject);

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("id"))
                {
                    reader.Read();
                    var start = reader.TokenStartIndex;
                    reader.Skip();
                    id = Encoding.UTF8.GetString(line.Slice(start, reader.BytesConsumed - start));
                }
                else if (reader.ValueTextEquals(property))
                {
                    Expect(reader.Read() && reader.TokenType == JsonTokenType.String);
                    text = reader.GetString();
                }
                else
                {
                    reader.Skip();
                }
            }

            Expect(!reader.Read());
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: half of a surrogate pair, which is not text.
            throw Malformed(exception);
        }

        return id is null || text is null ? throw Malformed(null) : new(number, id, text);

        CommandFailedException Malformed(Exception? cause) => new(
            ExitCode.Unreadable, $$"""Line {{number}} is not a JSON object with "id" and "{{property}}".""", cause);

        void Expect(bool condition)
        {
            if (!condition)
            {
                throw Malformed(null);
            }
        }
    }
}
