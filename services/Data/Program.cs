using FaultMaven.Data;
using FaultMaven.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddDataService();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapDataService();
app.Run();
