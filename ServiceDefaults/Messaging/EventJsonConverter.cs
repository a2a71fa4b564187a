using System.Text.Json;
using System.Text.Json.Serialization;
using Google.Protobuf;

namespace FaultMaven.ServiceDefaults.Messaging;

/// <summary>Writes events on the broker in the JSON form of protobuf, and reads them past fields of newer versions.</summary>
internal sealed class EventJsonConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => EventCatalogue.Contains(typeToConvert);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert))!;

    private sealed class Converter<T> : JsonConverter<T>
        where T : class, IMessage<T>, new()
    {
        private static readonly JsonParser s_parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            return s_parser.Parse<T>(document.RootElement.GetRawText());
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteRawValue(JsonFormatter.Default.Format(value));
    }
}
