#:property RestorePackagesWithLockFile=false
// What a program without any care does: gets every address of a list, 16 at once, and writes each answer beside the others.
//   plain-gets LIST FOLDER    LIST has an address and a file name a line
using System.Net.Http.Headers;

var lines = File.ReadLines(args[0]).Select(line => line.Split(' ')).ToList();
Directory.CreateDirectory(args[1]);
using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 16 });
client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("plain-gets", null));
await Parallel.ForEachAsync(lines, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (line, cancellation) =>
    await File.WriteAllBytesAsync(Path.Combine(args[1], line[1]), await client.GetByteArrayAsync(line[0], cancellation), cancellation));
