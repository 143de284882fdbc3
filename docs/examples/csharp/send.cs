// Envía una plantilla · Sends a template
//   dotnet run send.cs          (.NET 10; antes: Program.cs de un proyecto · before: Program.cs of a project)
using System.Text.Json.Nodes;

static string Setting(string name) =>
    Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name}?");

using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(60) };
using var form = new FormUrlEncodedContent(new Dictionary<string, string>
{
    ["login"] = Setting("RECADO_LOGIN"),
    ["token"] = Setting("RECADO_TOKEN"),
    ["mobile"] = Setting("RECADO_MOBILE"),
    ["id_template"] = Setting("RECADO_TEMPLATE"),
    ["template_variables"] = Setting("RECADO_VARIABLES"),
    ["custom_field"] = "pedido-1020",
});
using var response = await client.PostAsync($"{Setting("RECADO_URL")}/bot/chat_wa/ws/send/", form);
var text = await response.Content.ReadAsStringAsync();
if (!response.IsSuccessStatusCode)
{
    Console.Error.WriteLine($"HTTP {(int)response.StatusCode}: {text}");
    return 1;
}
Console.WriteLine(text);
return JsonNode.Parse(text)!["code"]!.GetValue<int>() == 1 ? 0 : 1;
