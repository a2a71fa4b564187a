using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace FaultMaven.Gateway.Identity;

/// <summary>Marks connections that only the local user can make.</summary>
public static class LocalConnection
{
    private static readonly Mark s_mark = new();

    /// <summary>Takes every connection of this endpoint for one of the local user: the permissions of its file must see to it.</summary>
    public static void IsOfLocalUser(this ListenOptions listen) => listen.Use(next => connection =>
    {
        connection.Features.Set(s_mark);
        return next(connection);
    });

    internal static bool Is(HttpContext context) => context.Features.Get<Mark>() is not null;

    private sealed class Mark;
}
