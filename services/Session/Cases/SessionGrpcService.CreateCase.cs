using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.ServiceDefaults.Storage;
using Grpc.Core;

namespace FaultMaven.Sessions.Cases;

internal sealed partial class SessionGrpcService
{
    public override async Task<Proto.Case> CreateCase(Proto.CreateCaseRequest request, ServerCallContext context)
    {
        var cancellationToken = context.CancellationToken;
        var name = new CaseName(TimeOrderedId.New(time.GetUtcNow()).ToString("N"));
        var given = request.Case?.Clone() ?? new Proto.Case();
        given.Title = request.Title.Length > 0 ? request.Title : given.Title;
        var details = await PrepareAsync(name, given, CaseFields.All, cancellationToken);
        var created = new Proto.CaseCreated { Title = details.Title, Case = details };
        details.Title = "";
        var owner = CallIdentity.Current.Principal;
        details.Owner = owner.Actor;
        details.Access = given.Access == Proto.Case.Types.Access.Unspecified ? options.Of(owner.Tenant).Access : given.Access;

        return await log.TryCreateAsync(name, created, cancellationToken) is { } state
            ? state.ToProto()
            : throw new InvalidOperationException($"There is a case with the new name {name}.");
    }
}
