using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using Google.Protobuf;
using Grpc.Core;

namespace FaultMaven.ServiceDefaults.Paging;

/// <summary>
/// The page that a List request asks for (google.aip.dev/158). Its token is the sort key of the last item of the page before, so items
/// that come or go between two calls neither repeat nor hide others. A token is bound to every other field of the request except
/// <c>page_size</c>; a token of another method, parent, filter or order is refused.
/// </summary>
public sealed class KeysetPage
{
    private const int HashLength = sizeof(ulong);

    private readonly byte[] _request;
    private readonly string _token;
    private readonly string[] _key;

    private KeysetPage(int size, byte[] request, string token, string[] key)
    {
        Size = size;
        _request = request;
        _token = token;
        _key = key;
    }

    /// <summary>How many items it has at most.</summary>
    public int Size { get; }

    /// <summary>Whether it begins with the first item.</summary>
    public bool IsFirst => _token.Length == 0;

    /// <summary>Reads <c>page_size</c> and <c>page_token</c> of a request.</summary>
    /// <param name="request">The request of a List method.</param>
    /// <param name="default">The size for a <c>page_size</c> of 0.</param>
    /// <param name="max">The largest size; a larger one asked for means this. Negative ones are refused.</param>
    public static KeysetPage Of(IMessage request, int @default, int max)
    {
        var fields = request.Descriptor;
        var size = Page.Size((int)fields.FindFieldByName("page_size").Accessor.GetValue(request), @default, max);
        var token = (string)fields.FindFieldByName("page_token").Accessor.GetValue(request);

        var others = fields.Parser.ParseFrom(request.ToByteString());
        fields.FindFieldByName("page_size").Accessor.Clear(others);
        fields.FindFieldByName("page_token").Accessor.Clear(others);
        byte[] bound = [.. Encoding.UTF8.GetBytes(fields.FullName), .. others.ToByteArray()];
        return new KeysetPage(size, bound, token, token.Length == 0 ? [] : Decode(bound, token) ?? throw Refused(token));
    }

    /// <summary>A part of the key that the page comes after, as text. Not on the first page.</summary>
    public string Text(int part) => part < _key.Length ? _key[part] : throw Refused(_token);

    /// <summary>A part of the key that the page comes after, as a number. Not on the first page.</summary>
    public long Number(int part) =>
        long.TryParse(Text(part), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Refused(_token);

    /// <summary>The <c>next_page_token</c> for the page after the item with this sort key.</summary>
    public string NextToken(params string[] key)
    {
        using var contents = new MemoryStream();
        using (var writer = new BinaryWriter(contents))
        {
            foreach (var part in key)
            {
                writer.Write(part);
            }
        }

        var bytes = contents.ToArray();
        return Base64Url.EncodeToString([.. Hash(_request, bytes), .. bytes]);
    }

    /// <inheritdoc cref="NextToken(string[])"/>
    public string NextToken(long key) => NextToken(key.ToString(CultureInfo.InvariantCulture));

    private static string[]? Decode(byte[] request, string token)
    {
        if (!Base64Url.IsValid(token) || Base64Url.DecodeFromChars(token) is not { Length: > HashLength } bytes)
        {
            return null;
        }

        var contents = bytes[HashLength..];
        if (!bytes.AsSpan(0, HashLength).SequenceEqual(Hash(request, contents)))
        {
            return null;
        }

        var key = new List<string>();
        using var reader = new BinaryReader(new MemoryStream(contents));
        try
        {
            while (reader.BaseStream.Position < contents.Length)
            {
                key.Add(reader.ReadString());
            }
        }
        catch (Exception exception) when (exception is IOException or FormatException)
        {
            return null;
        }

        return [.. key];
    }

    // Finds mistakes, not attacks: a forged token gives the caller a place in a list that the caller may read anyway.
    private static byte[] Hash(byte[] request, byte[] contents)
    {
        var hash = new byte[HashLength];
        BinaryPrimitives.WriteUInt64LittleEndian(hash, XxHash64.HashToUInt64([.. request, .. contents]));
        return hash;
    }

    private static RpcException Refused(string token) => RpcFault.InvalidArgument(
        ErrorReason.InvalidPageToken,
        "page_token was not issued for this request; use the next_page_token of the same request, or leave it empty.",
        ("page_token", token));
}
