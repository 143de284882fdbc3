// Envía una plantilla con un PDF en base64 · Sends a template with a PDF in base64
//   dotnet run send-pdf.cs      (.NET 10; antes: Program.cs de un proyecto · before: Program.cs of a project)
using System.Text;
using System.Text.Json.Nodes;

static string Setting(string name) =>
    Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name}?");

using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(60) };
var fields = new JsonObject
{
    ["login"] = Setting("RECADO_LOGIN"),
    ["token"] = Setting("RECADO_TOKEN"),
    ["mobile"] = Setting("RECADO_MOBILE"),
    ["id_template"] = Setting("RECADO_TEMPLATE"),
    ["template_variables"] = Setting("RECADO_VARIABLES"),
    ["media"] = Convert.ToBase64String(await File.ReadAllBytesAsync(Setting("RECADO_FILE"))),
    ["media_name"] = "factura-noviembre.pdf",
};
using var body = new StringContent(fields.ToJsonString(), Encoding.UTF8, "application/json");
using var response = await client.PostAsync($"{Setting("RECADO_URL")}/bot/chat_wa/ws/send/", body);
var text = await response.Content.ReadAsStringAsync();
if (!response.IsSuccessStatusCode)
{
    Console.Error.WriteLine($"HTTP {(int)response.StatusCode}: {text}");
    return 1;
}
Console.WriteLine(text);
return JsonNode.Parse(text)!["code"]!.GetValue<int>() == 1 ? 0 : 1;
