using FaultMaven.Client;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace FaultMaven.Contracts.Tests;

/// <summary>Calls any RPC with one request.</summary>
internal static class RawCall
{
    private static readonly JsonFormatter s_json = new(
        JsonFormatter.Settings.Default.WithTypeRegistry(TypeRegistry.FromFiles(Google.Rpc.ErrorDetailsReflection.Descriptor)));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>What the caller is answered: the status with all that is said about it, or <c>OK</c> with the first answer.</summary>
    public static async Task<string> MakeAsync(CallInvoker invoker, MethodDescriptor descriptor, IMessage request, bool toEnd = false)
    {
        var raw = Marshallers.Create<byte[]>(bytes => bytes, bytes => bytes);
        var method = new Method<byte[], byte[]>(MethodType.DuplexStreaming, descriptor.Service.FullName, descriptor.Name, raw, raw);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        using var call = invoker.AsyncDuplexStreamingCall(method, null, new CallOptions(cancellationToken: stop.Token));
        try
        {
            await call.RequestStream.WriteAsync(request.ToByteArray(), Cancel);
            await call.RequestStream.CompleteAsync();
        }
        catch (Exception exception) when (exception is RpcException or InvalidOperationException)
        {
            // Refused before it was sent; the answer says why.
        }

        try
        {
            var answer = await call.ResponseStream.MoveNext(Cancel)
                ? s_json.Format(descriptor.OutputType.Parser.ParseFrom(call.ResponseStream.Current))
                : "";
            while (toEnd && await call.ResponseStream.MoveNext(Cancel))
            {
            }

            return $"OK {(descriptor.IsServerStreaming ? "" : answer)}";
        }
        catch (RpcException exception)
        {
            var error = FaultMavenError.From(exception);
            return $"{exception.StatusCode} {error.Reason} {exception.Status.Detail} {string.Join(
                ' ', error.Metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}={entry.Value}"))}";
        }
    }
}
