using System.Text.RegularExpressions;
using FaultMaven.Cli.Connections;
using FaultMaven.Protos.Redaction.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace FaultMaven.Cli.Investigate;

/// <summary>
/// Puts addresses and host names back into what is printed for the person whose evidence it is: an engineer cannot act on
/// <c>&lt;IP_ADDRESS_7&gt;</c>. Secrets and personal data stay placeholders. Only for callers who may restore.
/// </summary>
internal static partial class AddressRestoration
{
    /// <summary>Restores the answer and the findings of an investigation in place.</summary>
    public static async Task RestoreAsync(Connection connection, Investigation investigation, CancellationToken cancellationToken)
    {
        IReadOnlyList<IMessage> messages =
            [investigation.Answer, .. investigation.Phases.SelectMany(phase => phase.Findings), .. investigation.Evidence];
        await RestoreAsync(connection, investigation.Case, messages, cancellationToken);
    }

    /// <summary>Restores messages about a case in place.</summary>
    /// <returns>False for callers who may not; nothing has changed then.</returns>
    public static async Task<bool> RestoreAsync(
        Connection connection, string caseName, IReadOnlyList<IMessage> messages, CancellationToken cancellationToken)
    {
        var placeholders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var message in messages)
        {
            Rewrite(message, text =>
            {
                placeholders.UnionWith(Placeholder().Matches(text).Select(match => match.Value));
                return text;
            });
        }

        if (placeholders.Count == 0)
        {
            return true;
        }

        var ordered = placeholders.ToList();
        if (await RestoreAsync(connection, caseName, string.Join('\n', ordered), cancellationToken) is not { } restored)
        {
            return false;
        }

        var values = ordered.Zip(restored.Split('\n')).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        foreach (var message in messages)
        {
            Rewrite(message, text => Placeholder().Replace(text, match => values.GetValueOrDefault(match.Value, match.Value)));
        }

        return true;
    }

    // Null for callers who may not.
    private static async Task<string?> RestoreAsync(Connection connection, string scope, string text, CancellationToken cancellationToken)
    {
        try
        {
            var request = new RestoreTextRequest { Scope = scope, Text = text };
            return (await connection.Client.Redaction.RestoreTextAsync(request, cancellationToken: cancellationToken)).Text;
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.PermissionDenied)
        {
            return null;
        }
    }

    private static void Rewrite(IMessage message, Func<string, string> rewrite)
    {
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder().Where(field => !field.IsMap))
        {
            if (field.IsRepeated)
            {
                RewriteAll((System.Collections.IList)field.Accessor.GetValue(message), field, rewrite);
            }
            else if (field.FieldType == FieldType.String)
            {
                field.Accessor.SetValue(message, rewrite((string)field.Accessor.GetValue(message)));
            }
            else if (field.FieldType == FieldType.Message && field.Accessor.GetValue(message) is IMessage part)
            {
                Rewrite(part, rewrite);
            }
        }
    }

    private static void RewriteAll(System.Collections.IList values, FieldDescriptor field, Func<string, string> rewrite)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (field.FieldType == FieldType.String)
            {
                values[i] = rewrite((string)values[i]!);
            }
            else if (values[i] is IMessage part)
            {
                Rewrite(part, rewrite);
            }
        }
    }

    [GeneratedRegex(@"<(?:IP_ADDRESS|MAC_ADDRESS|HOSTNAME)_\d+>")]
    private static partial Regex Placeholder();
}
