using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using FaultMaven.ServiceDefaults.Requests;
using FaultMaven.ServiceDefaults.State;
using Google.Protobuf;

namespace FaultMaven.ServiceDefaults.Flags;

/// <summary>
/// The values that were set of a service's flags: a record for each, and a stream of the ids whose values changed, by which all replicas
/// learn of it.
/// </summary>
internal sealed class FlagStore(StateStore state)
{
    private const string Prefix = "flags/";
    private const string Changes = "changes";
    private const int MaxFlags = 1000;

    // Of the installation. No tenant has this name.
    private static readonly Partition s_partition = new("-", "flags");

    /// <summary>The values that are set, by the id of the flag. One that cannot be read counts as not set.</summary>
    public async Task<IReadOnlyDictionary<string, FlagSetting>> ReadAsync(CancellationToken cancellationToken)
    {
        var records = await state.ListAsync(s_partition, new RecordRange(Prefix), MaxFlags, cancellationToken);
        var settings = new Dictionary<string, FlagSetting>();
        foreach (var record in records)
        {
            try
            {
                settings[record.Key[Prefix.Length..]] = FlagSetting.Read(record.Value);
            }
            catch (JsonException)
            {
                // Setting the flag again replaces it.
            }
        }

        return settings;
    }

    /// <summary>Sets a value; null for none.</summary>
    /// <param name="id">The flag.</param>
    /// <param name="setting">The value.</param>
    /// <param name="answer">What the caller is answered, to be given again to the same request.</param>
    /// <param name="cancellationToken">Stops waiting for a write that has not begun.</param>
    public Task WriteAsync(string id, FlagSetting? setting, IMessage answer, CancellationToken cancellationToken)
    {
        var transaction = new StateTransaction(s_partition);
        transaction.Answer(answer);
        if (setting is null)
        {
            transaction.Delete(Prefix + id);
        }
        else
        {
            transaction.Put(Prefix + id, setting.ToBytes());
        }

        transaction.Append(Changes, [Encoding.UTF8.GetBytes(id)]);
        return state.CommitAsync(transaction, cancellationToken);
    }

    /// <summary>The values that are set, now and after each change, without end.</summary>
    public async IAsyncEnumerable<IReadOnlyDictionary<string, FlagSetting>> FollowAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = await state.GetLengthAsync(s_partition, Changes, cancellationToken);
        yield return await ReadAsync(cancellationToken);
        await foreach (var batch in state.FollowAsync(s_partition, Changes, seen, cancellationToken))
        {
            if (batch.Count > 0)
            {
                yield return await ReadAsync(cancellationToken);
            }
        }
    }
}
