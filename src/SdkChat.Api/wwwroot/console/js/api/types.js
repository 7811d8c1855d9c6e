/**
 * What the service sends, as far as the console relies on it.
 *
 * @typedef {'in_progress' | 'completed' | 'error' | 'ended'} ChatStatus
 *
 * @typedef {object} ProfileSummary
 * @property {string | null} name
 * @property {string | null} gender
 * @property {number | null} age
 * @property {string | null} locale
 *
 * @typedef {object} ChatRow
 * @property {string} [tenant_id] the backoffice's lists alone have it
 * @property {string} chat_id
 * @property {string} profile_id
 * @property {ProfileSummary | null} profile_summary
 * @property {string} prompt
 * @property {ChatStatus} status
 * @property {string | null} last_error
 * @property {string} created_at
 * @property {string} updated_at
 * @property {string | null} ended_at
 *
 * @typedef {Record<ChatStatus | 'total' | 'triggered', number> & { total_is_lower_bound?: boolean }} Counts
 *
 * @typedef {object} ChatResults the pipeline's own: any shape
 * @property {string | null} profile_session_id
 * @property {string} back_list_status
 * @property {unknown[]} todos
 * @property {unknown[]} recommended_items
 * @property {unknown[]} notification_items
 *
 * @typedef {ChatRow & ChatResults} ChatDetail
 *
 * @typedef {object} ApiKeyRow
 * @property {string} key_prefix
 * @property {string | null} name
 * @property {string} status
 * @property {string} created_at
 * @property {string | null} expires_at
 * @property {string | null} last_used_at
 *
 * @typedef {object} ScreenRow
 * @property {string} screen_id
 * @property {string} name
 * @property {string} created_at
 * @property {string | null} created_by
 * @property {string | null} activated_at null while its link was not used
 * @property {string | null} [last_used_at]
 * @property {string | null} [usable_until] of a link that was not used
 *
 * @typedef {object} FloorPlan
 * @property {string} version another one with each change
 * @property {string} content_type
 * @property {number} width in pixels
 * @property {number} height in pixels
 * @property {number} bytes
 * @property {string} updated_at
 * @property {string | null} updated_by
 *
 * @typedef {object} AccessRow
 * @property {string} last_at
 * @property {number} count reads that the row stands for
 * @property {string} action
 * @property {string | null} chat_id
 * @property {string | null} profile_id
 * @property {boolean} all_tenants
 *
 * @typedef {object} TimelineItem
 * @property {string} at
 * @property {string} type
 * @property {string} [status] of a stamp: the app's own word
 *
 * @typedef {object} SessionStamp
 * @property {string} status the app's own word
 * @property {unknown} meta null where the stamp has none
 * @property {string} stamped_at
 *
 * @typedef {object} ShopperSession
 * @property {string} session_id
 * @property {string} started_at
 * @property {string | null} ended_at null while it is active
 * @property {SessionStamp[]} stamps in their order
 *
 * @typedef {object} Shopper
 * @property {string} [tenant_id] for the backoffice
 * @property {string} profile_id
 * @property {ProfileSummary} profile_summary
 * @property {Record<string, unknown> | null} data the document; null where it is deleted or too large
 * @property {string} created_at
 * @property {string} updated_at
 * @property {string | null} deleted_at
 * @property {string} first_seen_at
 * @property {string} last_seen_at
 * @property {ShopperSession[]} sessions newest first
 * @property {number} [omitted_sessions] older ones that are not listed
 * @property {number} [omitted_stamps]
 *
 * @typedef {object} ErasedPerson
 * @property {string} profile_id
 * @property {string | null} erasure_id null where there was nothing to erase
 * @property {number} chats
 * @property {number} sessions
 *
 * @typedef {object} LiveChatEvent the data of the stream's events
 * @property {string} profile_id
 * @property {string} chat_id
 * @property {unknown[]} [notification_items]
 * @property {string | null} [last_error] of `chat_failed`
 *
 * @typedef {object} SessionInfo
 * @property {'tenant' | 'backoffice'} kind
 * @property {string | null} subject null where the token names nobody
 * @property {string | null} tenant_id
 * @property {string | null} tenant_code
 * @property {string} expires_at
 * @property {boolean} development
 * @property {boolean | null} [renewal_due] whether the page should renew the session now; null where it cannot be renewed
 *
 * @typedef {object} Provider where users sign in
 * @property {string} name
 * @property {boolean} renewable whether this browser has a session that can be renewed, even if its token has expired
 *
 * @typedef {object} TenantRow
 * @property {string} tenant_id
 * @property {string} code
 * @property {string} name
 * @property {boolean} enabled
 *
 * @typedef {object} FleetNumbers
 * @property {number} chats since the beginning of the range
 * @property {number} failed of these
 * @property {number} waiting in progress, whenever they were started
 * @property {string | null} waiting_since
 * @property {string | null} last_chat_at
 * @property {number} streams
 * @property {number} expiring_keys
 * @property {string | null} next_key_expiry
 *
 * @typedef {TenantRow & FleetNumbers} FleetRow
 *
 * @typedef {Page<FleetRow> & { nodes: { asked: number, answered: number } }} FleetPage
 *
 * @typedef {object} BlockRow
 * @property {string} block_id
 * @property {string} tenant_id
 * @property {string} subject
 * @property {string} until
 * @property {string} reason
 * @property {string} created_at
 * @property {string | null} created_by
 *
 * @typedef {object} AuditRow
 * @property {string} audit_id
 * @property {string} at
 * @property {string} last_at
 * @property {number} count calls that the row stands for
 * @property {string} caller
 * @property {string | null} subject
 * @property {string} action
 * @property {string | null} tenant_id
 * @property {string | null} target_id
 * @property {string | null} target_kind
 * @property {string | null} key_prefix
 * @property {number} status 0 for an operator's verb
 *
 * @typedef {object} StatsNumbers
 * @property {number} started
 * @property {number} completed
 * @property {number} error
 * @property {number} triggered
 * @property {{ p50: number | null, p95: number | null }} answer_ms
 *
 * @typedef {{ tenant_id: string, tenant_code: string, total: StatsNumbers }} TenantGroup
 * @typedef {{ total: StatsNumbers, groups: TenantGroup[] }} TenantStats
 *
 * @typedef {object} StreamRow
 * @property {string} stream_id
 * @property {string} tenant_id
 * @property {string | null} tenant_code
 * @property {string | null} subject
 * @property {string} node
 * @property {string} since
 * @property {number} sent
 * @property {number} queued
 *
 * @typedef {Page<StreamRow> & { nodes?: { asked: number, answered: number } }} StreamPage complete where all nodes answered
 */

/**
 * @template T
 * @typedef {object} Page
 * @property {T[]} items
 * @property {number} total
 * @property {number} page counts from 0
 * @property {number} size
 * @property {boolean} [total_is_lower_bound] counting the matches of a search was cut off
 */

export {};
