import BankCallbacks
import Postgres
import Values

extension Connections {
    /// Disables or enables a connection. Callbacks to a disabled connection are answered as if it did not exist.
    public func setDisabled(_ isDisabled: Bool, name: String, by actor: Person) async throws -> Listed {
        _ = try await find(name)
        try await database.transaction { tx in
            if !isDisabled {
                // While it was out of use another may have come to hold its secret.
                let marks = try tx.query(
                    """
                    select s.mark from connection_secret s join connection c on c.id = s.connection_id
                    where c.name = \(name) and s.retired_at is null
                    """
                ).map { try $0.get(0, as: Bytes.self) }
                try Connections.requireUnheld(marks, exceptBy: name, tx)
            }
            try tx.query(
                """
                update connection set disabled_at = case when \(isDisabled)::boolean then coalesce(disabled_at, now()) end
                where name = \(name)
                """
            )
            let action = isDisabled ? "connection.disable" : "connection.enable"
            try Audit.record(tx, actor, action, "connection:\(name)")
        }
        try await announce(name)
        return try await find(name)
    }

    /// Sets the largest gateway fee of a payout, as a percentage; `nil` if the gateway no longer pays out by the day.
    public func setCommission(_ percent: String?, name: String, by actor: Person) async throws -> Listed {
        try Connections.check(percent: percent)
        _ = try await find(name)
        try await database.transaction { tx in
            let before = try tx.query(
                "select trim_scale(commission_percent)::text from connection where name = \(name) for update"
            ).row().get(0, as: String?.self)
            try tx.query("update connection set commission_percent = \(percent)::numeric where name = \(name)")
            let detail = Audit.change(.optional(before), .optional(percent))
            try Audit.record(tx, actor, "connection.commission", "connection:\(name)", detail)
        }
        return try await find(name)
    }

    static func check(percent: String?) throws {
        guard let percent else { return }
        guard percent.wholeMatch(of: /100|\d{1,2}(\.\d{1,3})?/) != nil else {
            throw ServiceError(
                .invalidParameter,
                at: "percent",
                Phrase(
                    vi: "viết phần trăm dạng 1.1, tối đa 3 chữ số thập phân",
                    en: "write a percent such as 1.1, with at most 3 decimals"
                )
            )
        }
    }

    /// Returns a warning if secrets are stored and the current key opens none of them.
    func unopened() async throws -> Phrase? {
        let (stored, own, other) = try await database.query(
            """
            select count(*), count(*) filter (where key_id = \(box.keyID)), max(key_id)
            from (select key_id from connection_secret where retired_at is null or retired_at > now()
                union all select key_id from event_endpoint
                union all select totp_key_id from person where totp_key_id is not null) s
            """
        ).row().decode(Int64.self, Int64.self, String?.self)
        guard stored > 0, own == 0 else { return nil }
        return Phrase(
            vi:
                "Khóa niêm phong đang dùng (\(box.keyID)) không mở được khóa bí mật nào đã lưu; chúng được niêm phong bằng khóa \(other ?? "?"). Hãy đặt đúng KHOP_SECRET_KEY hoặc KHOP_SECRET_KEY_FILE, hoặc chạy `khop connection reseal`.",
            en:
                "The key in force (\(box.keyID)) opens none of the stored secrets; they are sealed under the key \(other ?? "?"). Set the right KHOP_SECRET_KEY or KHOP_SECRET_KEY_FILE, or run `khop connection reseal`."
        )
    }

    /// Seals all secrets of connections, event endpoints and persons' authenticators, and the keys of callbacks as received,
    /// that are under another key with the current key.
    ///
    /// - Parameter old: the key that seals them now.
    /// - Returns: the number of secrets sealed.
    public func reseal(from old: SecretBox, by actor: Person) async throws -> Int {
        let box = box
        let count = try await database.transaction { tx in
            let count =
                try Connections.reseal(tx, from: old, to: box) + Connections.resealEndpoints(tx, from: old, to: box)
                + SecondFactor.reseal(tx, from: old, to: box) + RawMessages.reseal(tx, from: old, to: box)
                + Connections.resealProviders(tx, from: old, to: box)
                + Connections.resealPlatform(tx, from: old, to: box)
            let detail = Audit.change(.string(old.keyID), .string(box.keyID), ["secrets": .integer(count)])
            try Audit.record(tx, actor, "secrets.reseal", "secret-key:\(box.keyID)", detail)
            return count
        }
        forget()
        _ = try await database.query("select pg_notify('khop_access', '')")
        return count
    }

    private static func reseal(_ tx: borrowing Transaction, from old: SecretBox, to box: SecretBox) throws -> Int {
        try Locks.secrets(tx)
        let secrets = try tx.query(
            """
            select s.id, c.name, c.profile, s.sealed, s.key_id
            from connection_secret s join connection c on c.id = s.connection_id
            where s.key_id <> \(box.keyID) order by s.id for update of s
            """
        )
        for row in secrets {
            let (id, name, profile, sealed, keyID) = try row.decode(
                Int32.self,
                String.self,
                String.self,
                Bytes.self,
                String.self
            )
            try Connections.require(keyID, old)
            let text = try old.open(sealed.bytes, for: name)
            let mark = Bytes(box.mark(try CallbackSecret(profile: try Connections.profile(of: profile), text: text)))
            try tx.query(
                """
                update connection_secret set sealed = \(Bytes(box.seal(text, for: name))), key_id = \(box.keyID),
                    mark = \(mark)
                where id = \(id)::integer
                """
            )
        }
        return secrets.count
    }

    private static func resealEndpoints(
        _ tx: borrowing Transaction,
        from old: SecretBox,
        to box: SecretBox
    ) throws -> Int {
        let endpoints = try tx.query(
            """
            select id, name, sealed, previous_sealed, key_id from event_endpoint
            where key_id <> \(box.keyID) order by id for update
            """
        )
        for row in endpoints {
            let (id, name, sealed, previous, keyID) = try row.decode(
                Int32.self,
                String.self,
                Bytes.self,
                Bytes?.self,
                String.self
            )
            try Connections.require(keyID, old)
            let binding = EventEndpoints.binding(name)
            func resealed(_ sealed: Bytes) throws -> Bytes {
                Bytes(box.seal(try old.open(sealed.bytes, for: binding), for: binding))
            }
            try tx.query(
                """
                update event_endpoint set sealed = \(try resealed(sealed)),
                    previous_sealed = \(try previous.map(resealed)), key_id = \(box.keyID)
                where id = \(id)::integer
                """
            )
        }
        return endpoints.count
    }

    private static func resealProviders(_ tx: borrowing Transaction, from old: SecretBox, to box: SecretBox) throws
        -> Int
    {
        let providers = try tx.query(
            """
            select id, agency_code, sealed, key_id from receipt_provider where key_id <> \(box.keyID) order by id for update
            """
        )
        for row in providers {
            let (id, agency, sealed, keyID) = try row.decode(Int32.self, String.self, Bytes.self, String.self)
            try Connections.require(keyID, old)
            let binding = SecretBox.receiptProvider(agency)
            let again = Bytes(box.seal(try old.open(sealed.bytes, for: binding), for: binding))
            try tx.query(
                """
                update receipt_provider set sealed = \(again), key_id = \(box.keyID) where id = \(id)::integer
                """
            )
        }
        return providers.count
    }

    /// Seals the access tokens that are under another key with the current key.
    private static func resealPlatform(_ tx: borrowing Transaction, from old: SecretBox, to box: SecretBox) throws
        -> Int
    {
        let links = try tx.query(
            """
            select l.id, c.name, l.sealed, l.key_id from platform_link l join connection c on c.id = l.connection_id
            where l.key_id <> \(box.keyID) order by l.id for update of l
            """
        )
        for row in links {
            let (id, name, sealed, keyID) = try row.decode(Int32.self, String.self, Bytes.self, String.self)
            try Connections.require(keyID, old)
            let binding = SecretBox.platform(name)
            let again = Bytes(box.seal(try old.open(sealed.bytes, for: binding), for: binding))
            try tx.query(
                "update platform_link set sealed = \(again), key_id = \(box.keyID) where id = \(id)::integer"
            )
        }
        return links.count
    }

    private static func require(_ keyID: String, _ old: SecretBox) throws {
        guard keyID == old.keyID else {
            throw ServiceError(
                .conflict,
                Phrase(
                    vi:
                        "Một khóa bí mật được niêm phong bằng khóa \(keyID), không phải khóa đang dùng cũng không phải khóa cũ đã nêu (\(old.keyID)). Chưa thay đổi gì.",
                    en:
                        "A secret is sealed under the key \(keyID), which is neither the key in force nor the old one given (\(old.keyID)). Nothing was changed."
                )
            )
        }
    }
}
