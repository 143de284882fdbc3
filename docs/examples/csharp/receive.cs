// Recibe webhooks · Receives webhooks (PORT, RECADO_WEBHOOK_SECRET)
//   dotnet run receive.cs       (.NET 10; antes: Program.cs de un proyecto · before: Program.cs of a project)
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

const int BodyBytesMax = 1_000_000;
var secret = Environment.GetEnvironmentVariable("RECADO_WEBHOOK_SECRET")
    ?? throw new InvalidOperationException("RECADO_WEBHOOK_SECRET?");
var key = Convert.FromBase64String(secret["whsec_".Length..]);
var port = Environment.GetEnvironmentVariable("PORT") ?? "9000";

// En su sistema, una clave única de la base de datos · In your system, a unique key of the database
var done = new HashSet<string>();

using var listener = new HttpListener();
listener.Prefixes.Add($"http://127.0.0.1:{port}/");
listener.Start();
while (true)
{
    var context = await listener.GetContextAsync();
    try
    {
        context.Response.StatusCode = await Receive(context.Request);
    }
    catch (Exception error)
    {
        Console.Error.WriteLine(error.Message);
        context.Response.StatusCode = 500;
    }
    context.Response.Close();
}

async Task<int> Receive(HttpListenerRequest request)
{
    if (request.ContentLength64 is < 0 or > BodyBytesMax) return 413;
    using var memory = new MemoryStream();
    await request.InputStream.CopyToAsync(memory);
    var body = memory.ToArray();
    if (!IsSigned(request, body)) return 401;
    var id = request.Headers["webhook-id"]!;
    if (done.Contains(id)) return 204;
    var reply = JsonNode.Parse(body)!;
    Console.WriteLine($"{reply["type2"] ?? "reply"} {reply["messageId"] ?? reply["mobile"]}");
    done.Add(id);
    return 204;
}

bool IsSigned(HttpListenerRequest request, byte[] body)
{
    var id = request.Headers["webhook-id"] ?? "";
    var timestamp = request.Headers["webhook-timestamp"] ?? "";
    if (!long.TryParse(timestamp, out var seconds) || seconds < 0) return false;
    if (Math.Abs(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - seconds) > 300) return false;
    byte[] content = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
    var expected = Encoding.UTF8.GetBytes("v1," + Convert.ToBase64String(HMACSHA256.HashData(key, content)));
    return (request.Headers["webhook-signature"] ?? "")
        .Split(' ')
        .Any(signature => CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(signature)));
}
