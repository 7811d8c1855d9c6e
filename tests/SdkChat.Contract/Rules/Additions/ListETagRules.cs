using SdkChat.Contract.Engine;

namespace SdkChat.Contract.Rules.Additions;

/// <summary>Section 8.1: conditional requests for lists.</summary>
internal static class ListETagRules
{
    [Rule("8.list-etag", "Both lists send a weak ETag, and If-None-Match gives 304.", Needs.Tenant | Needs.Admin)]
    public static async Task ETag(Service service)
    {
        var shelf = await service.History.ShelfAsync();
        foreach (var (list, token) in new[] { (Paths.List, service.Tenant), (Paths.AdminList, service.Admin) })
        {
            var path = shelf.Path(list, "size=2");
            var answer = await service.GetAsync(path, token);
            answer.Data();
            var tag = answer.Header("ETag");
            answer.Expect(tag.StartsWith("W/\"", StringComparison.Ordinal), "a weak ETag", $"'{tag}'");
            foreach (var known in new[] { tag, $"\"other\", {tag}", "*" })
            {
                var same = (await service.GetAsync(path, token, ("If-None-Match", known))).ShouldBe(304);
                same.Expect(
                    same.Body.Length == 0 && same.Header("ETag") == tag, $"no body, and ETag {tag}",
                    $"{same.Body.Length} bytes, ETag '{same.Header("ETag")}'");
            }

            (await service.GetAsync(path, token, ("If-None-Match", "W/\"other\""))).Data();
            var longer = await service.GetAsync(shelf.Path(list, "size=3"), token);
            longer.Expect(longer.Header("ETag") != tag, "another ETag for another body", longer.Header("ETag"));
        }
    }
}
