using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Names;
using FaultMaven.Protos.Operations.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.ServiceDefaults.Names;
using FaultMaven.ServiceDefaults.Paging;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace FaultMaven.ServiceDefaults.Flags;

/// <summary>The flags of the services in this process.</summary>
internal sealed class FlagGrpcService(IEnumerable<ServedFlags> services, TimeProvider time) : FlagService.FlagServiceBase
{
    private const int DefaultPageSize = 50;
    private const int MaxPageSize = 200;

    public override Task<ListFlagsResponse> ListFlags(ListFlagsRequest request, ServerCallContext context)
    {
        var page = KeysetPage.Of(request, DefaultPageSize, MaxPageSize);
        var rest = services
            .SelectMany(service => service.Values.Flags, (service, flag) => ToProto(flag, service.Values.Find(flag)))
            .Where(flag => page.IsFirst || string.CompareOrdinal(flag.Name, page.Text(0)) > 0)
            .OrderBy(flag => flag.Name, StringComparer.Ordinal)
            .Take(page.Size + 1)
            .ToList();
        var response = new ListFlagsResponse { Flags = { rest.Take(page.Size) } };
        if (rest.Count > page.Size)
        {
            response.NextPageToken = page.NextToken(response.Flags[^1].Name);
        }

        return Task.FromResult(response);
    }

    public override async Task<Protos.Operations.V1.Flag> SetFlag(SetFlagRequest request, ServerCallContext context)
    {
        var (service, flag) = Find(request.Name);
        if (flag.Problem(request.Value) is { } problem)
        {
            throw RpcFault.InvalidField("value", problem);
        }

        var setting = new FlagSetting(request.Value, CallIdentity.Current.Principal.Actor, time.GetUtcNow());
        return await WriteAsync(service, flag, setting, context.CancellationToken);
    }

    public override Task<Protos.Operations.V1.Flag> ResetFlag(ResetFlagRequest request, ServerCallContext context)
    {
        var (service, flag) = Find(request.Name);
        return WriteAsync(service, flag, null, context.CancellationToken);
    }

    private static async Task<Protos.Operations.V1.Flag> WriteAsync(
        ServedFlags service, Flag flag, FlagSetting? setting, CancellationToken cancellationToken)
    {
        var answer = ToProto(flag, setting);
        await service.Store.WriteAsync(flag.Id, setting, answer, cancellationToken);
        await service.Follower.RefreshAsync(cancellationToken);
        return answer;
    }

    private (ServedFlags Service, Flag Flag) Find(string name)
    {
        var parsed = NameField.Parse<FlagName>(name, "name");
        foreach (var service in services)
        {
            if (service.Values.Flags.FirstOrDefault(flag => flag.Name == parsed) is { } flag)
            {
                return (service, flag);
            }
        }

        throw RpcFault.NotFound(ErrorReason.FlagNotFound, name);
    }

    private static Protos.Operations.V1.Flag ToProto(Flag flag, FlagSetting? setting)
    {
        var proto = flag.Describe();
        proto.Name = flag.Name.ToString();
        proto.Description = flag.Description;
        proto.DefaultValue = flag.Default;
        proto.Value = flag.Default;
        if (setting is not null)
        {
            (proto.Value, proto.Setter, proto.SetTime) = (setting.Value, setting.Setter, Timestamp.FromDateTimeOffset(setting.Time));
        }

        return proto;
    }
}
