using FaultMaven.Data.Query.Templates;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace FaultMaven.Data.Api;

/// <summary>The RPC <c>MineTemplates</c>: bytes in, then the ids of all lines, then the templates.</summary>
internal sealed class MineTemplatesCall(ReadAdmission reads, IOptions<ReadOptions> options, TimeProvider time)
{
    // Responses stay well below the 4 MiB that clients accept by default.
    private const int LinesPerResponse = 100_000;
    private const int CharactersPerResponse = 500_000;

    public async Task RunAsync(
        IAsyncStreamReader<Proto.MineTemplatesRequest> requests,
        IServerStreamWriter<Proto.MineTemplatesResponse> responses,
        CancellationToken cancellationToken)
    {
        using var place = await reads.EnterMiningAsync(cancellationToken);
        TemplateMining? mining = null;
        var bytes = 0L;
        while (await requests.MoveNext(cancellationToken))
        {
            var chunk = requests.Current.Chunk;
            mining ??= new TemplateMining(requests.Current.Options?.MessageOnly ?? false, time.GetUtcNow());
            mining.Append(chunk.Span);
            bytes += chunk.Length;
            EnsureWithinLimits(bytes, mining.LineCount);
        }

        var log = (mining ?? new TemplateMining(messageOnly: true, time.GetUtcNow())).Complete();
        await WriteLinesAsync(log, responses, cancellationToken);
        await WriteTemplatesAsync(log, responses, cancellationToken);
    }

    private void EnsureWithinLimits(long bytes, int lines)
    {
        var (maxBytes, maxLines) = (options.Value.MaxMinedBytes, options.Value.MaxMinedLines);
        if (bytes > maxBytes)
        {
            throw RpcFault.InvalidArgument(
                ErrorReason.TooLarge,
                $"The log is larger than {maxBytes} bytes; raise {ReadOptions.Section}:{nameof(ReadOptions.MaxMinedBytes)} to allow it.",
                ("limit_bytes", $"{maxBytes}"));
        }

        if (lines > maxLines)
        {
            throw RpcFault.InvalidArgument(
                ErrorReason.TooLarge,
                $"The log has more than {maxLines} lines; raise {ReadOptions.Section}:{nameof(ReadOptions.MaxMinedLines)} to allow it.",
                ("limit_lines", $"{maxLines}"));
        }
    }

    private static async Task WriteLinesAsync(
        MinedLog log, IServerStreamWriter<Proto.MineTemplatesResponse> responses, CancellationToken cancellationToken)
    {
        for (var first = 0; first < log.LineCount; first += LinesPerResponse)
        {
            var response = new Proto.MineTemplatesResponse();
            for (var line = first; line < Math.Min(first + LinesPerResponse, log.LineCount); line++)
            {
                response.LineTemplateIds.Add(log.TemplateOf(line));
            }

            await responses.WriteAsync(response, cancellationToken);
        }
    }

    private static async Task WriteTemplatesAsync(
        MinedLog log, IServerStreamWriter<Proto.MineTemplatesResponse> responses, CancellationToken cancellationToken)
    {
        var response = new Proto.MineTemplatesResponse();
        var characters = 0;
        foreach (var template in log.Templates)
        {
            response.Templates.Add(new Proto.LogTemplate { Id = template.Id, Template = template.Text, Count = template.Count });
            characters += template.Text.Length + 16;
            if (characters > CharactersPerResponse)
            {
                await responses.WriteAsync(response, cancellationToken);
                response = new Proto.MineTemplatesResponse();
                characters = 0;
            }
        }

        if (response.Templates.Count > 0)
        {
            await responses.WriteAsync(response, cancellationToken);
        }
    }
}
