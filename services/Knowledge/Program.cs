using FaultMaven.Knowledge;
using FaultMaven.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddKnowledgeService();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapKnowledgeService();
app.Run();
