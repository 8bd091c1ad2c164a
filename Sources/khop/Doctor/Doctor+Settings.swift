import Postgres
import Values

extension Doctor {
    /// Settings that weaken the installation.
    func settingsFindings() -> [Finding] { [publicURLFinding(), transportFinding(), witnessFinding()] }

    private func publicURLFinding() -> Finding {
        guard let url = WebAddress(settings.publicURL), !url.isLoopback else {
            return .weak(
                "public_url",
                Phrase(
                    vi: "địa chỉ công khai là chính máy này: cài đặt để phát triển, quy tắc nới hơn",
                    en: "the public address is this machine: an installation for development, with looser rules"
                ),
                advice: Phrase(
                    vi: "đặt KHOP_PUBLIC_URL=https://… và một proxy có TLS",
                    en: "set KHOP_PUBLIC_URL=https://… and a proxy with TLS"
                )
            )
        }
        return url.isSecure
            ? .ok("public_url", Phrase(vi: "địa chỉ công khai có TLS", en: "the public address has TLS"))
            : .wrong(
                "public_url",
                Phrase(vi: "địa chỉ công khai không có TLS", en: "the public address is without TLS"),
                advice: Phrase(vi: "đặt KHOP_PUBLIC_URL=https://…", en: "set KHOP_PUBLIC_URL=https://…")
            )
    }

    private func transportFinding() -> Finding {
        guard let url = settings.databaseURL, let transport = DatabaseOptions(url: url).transport else {
            return .ok("sslmode", Phrase(vi: "cơ sở dữ liệu ở máy này", en: "the database is on this machine"))
        }
        guard !transport.isSafe else {
            return .ok(
                "sslmode",
                transport.isLocal
                    ? Phrase(vi: "cơ sở dữ liệu ở máy này", en: "the database is on this machine")
                    : Phrase(
                        vi: "chứng thư của cơ sở dữ liệu được kiểm tra",
                        en: "the certificate of the database is checked"
                    )
            )
        }
        return .wrong(
            "sslmode",
            Phrase(
                vi: "cơ sở dữ liệu ở máy khác, chứng thư không được kiểm tra (sslmode=\(transport.mode))",
                en: "the database is on another machine and its certificate is not checked (sslmode=\(transport.mode))"
            ),
            advice: Phrase(vi: "thêm sslmode=verify-full&sslrootcert=…", en: "add sslmode=verify-full&sslrootcert=…")
        )
    }

    private func witnessFinding() -> Finding {
        guard settings.sealWitnessURL == nil else {
            return .ok(
                "witness",
                Phrase(vi: "có nhân chứng ở nơi khác", en: "a witness elsewhere is told of the seals")
            )
        }
        return .weak(
            "witness",
            Phrase(
                vi: "không nơi nào khác được báo niêm phong; ai chiếm được máy này có thể viết lại tất cả",
                en: "nobody else is told of the seals; whoever owns this machine could rewrite all of it"
            ),
            advice: Phrase(
                vi: "đặt KHOP_SEAL_WITNESS_URL, hoặc chép KHOP_SEAL_FOLDER sang cơ quan khác mỗi đêm",
                en: "set KHOP_SEAL_WITNESS_URL, or copy KHOP_SEAL_FOLDER to another agency every night"
            )
        )
    }
}
