using FaultMaven.ServiceDefaults;
using FaultMaven.Sessions;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddSessionService();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapSessionService();
app.Run();
