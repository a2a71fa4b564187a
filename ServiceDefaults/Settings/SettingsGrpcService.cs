using FaultMaven.Protos.Operations.V1;
using FaultMaven.ServiceDefaults.Paging;
using Grpc.Core;

namespace FaultMaven.ServiceDefaults.Settings;

/// <summary>The settings of this process, for operators.</summary>
internal sealed class SettingsGrpcService(EffectiveSettings settings) : SettingsService.SettingsServiceBase
{
    private const int DefaultPageSize = 50;
    private const int MaxPageSize = 200;

    public override Task<ListEffectiveSettingsResponse> ListEffectiveSettings(
        ListEffectiveSettingsRequest request, ServerCallContext context)
    {
        var page = KeysetPage.Of(request, DefaultPageSize, MaxPageSize);
        var rest = settings.List()
            .Where(setting => page.IsFirst || string.CompareOrdinal(setting.Key, page.Text(0)) > 0)
            .Take(page.Size + 1)
            .ToList();
        var response = new ListEffectiveSettingsResponse { EffectiveSettings = { rest.Take(page.Size) } };
        if (rest.Count > page.Size)
        {
            response.NextPageToken = page.NextToken(response.EffectiveSettings[^1].Key);
        }

        return Task.FromResult(response);
    }
}
