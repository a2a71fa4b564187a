using FaultMaven.Redaction;
using FaultMaven.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddRedactionService();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapRedactionService();
app.Run();
