using MediatR;
using SdkChat.Domain.Chats;

namespace SdkChat.Application.Live;

/// <summary>
/// A domain event that has been committed, on its way to whoever handles it on this node. The Domain knows no MediatR, so
/// the event travels in this.
/// </summary>
public sealed record DomainEventNotification<TEvent>(TEvent Event) : INotification
    where TEvent : IDomainEvent;
