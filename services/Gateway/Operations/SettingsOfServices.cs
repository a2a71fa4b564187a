using FaultMaven.Protos.Operations.V1;
using FaultMaven.ServiceDefaults.Paging;
using FaultMaven.ServiceDefaults.Settings;
using Grpc.Core;
using SettingsClient = FaultMaven.Protos.Operations.V1.SettingsService.SettingsServiceClient;

namespace FaultMaven.Gateway.Operations;

/// <summary>The settings of the gateway and of all services. Each process answers for its own, so they are put together here.</summary>
internal sealed class SettingsOfServices(EachService services, EffectiveSettings own) : SettingsService.SettingsServiceBase
{
    private const int DefaultPageSize = 50;

    public override async Task<ListEffectiveSettingsResponse> ListEffectiveSettings(
        ListEffectiveSettingsRequest request, ServerCallContext context)
    {
        var page = KeysetPage.Of(request, DefaultPageSize, EachService.MaxPageSize);
        var settings = await services.ReadAllAsync<SettingsClient, EffectiveSetting>(async (client, token) =>
        {
            var answer = await client.ListEffectiveSettingsAsync(
                new() { PageSize = EachService.MaxPageSize, PageToken = token }, cancellationToken: context.CancellationToken);
            return (answer.EffectiveSettings, answer.NextPageToken);
        });

        // A process may be several services.
        var all = settings.Concat(own.List()).DistinctBy(KeyOf);
        var (items, next) = EachService.Cut(all, KeyOf, page);
        return new ListEffectiveSettingsResponse { EffectiveSettings = { items }, NextPageToken = next };
    }

    private static string KeyOf(EffectiveSetting setting) => $"{setting.Process} {setting.Key}";
}
