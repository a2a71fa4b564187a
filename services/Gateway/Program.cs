using FaultMaven.Gateway;
using FaultMaven.Gateway.Identity;
using FaultMaven.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddGateway();

var app = builder.Build();
app.UseEdge();
app.MapDefaultEndpoints();
app.MapGateway();
app.Run();
