using System.Collections;
using AutoMapper;

namespace SdkChat.Api.Chats;

/// <summary>
/// The items of a page as responses that are written one after the other: each is mapped when it is reached, into the object of the one
/// before. An object for each would be an eighth of what a page allocates (docs/performance-decisions.md). The object must not be kept.
/// </summary>
internal sealed class MappedItems<TItem, TResponse>(IReadOnlyList<TItem> items, IMapper mapper) : IReadOnlyList<TResponse>
    where TResponse : class
{
    public int Count => items.Count;

    public TResponse this[int index] => mapper.Map<TItem, TResponse>(items[index]);

    public IEnumerator<TResponse> GetEnumerator()
    {
        TResponse? response = null;
        foreach (var item in items)
            yield return response = response is null ? mapper.Map<TItem, TResponse>(item) : mapper.Map(item, response);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
