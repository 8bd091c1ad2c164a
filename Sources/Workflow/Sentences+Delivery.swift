import Values

extension Reason.Code {
    /// Why an event was not delivered, or its endpoint is sent nothing.
    var deliveryPhrase: Phrase? {
        switch self {
        case .endpointAnswered:
            Phrase(vi: "Điểm nhận {name} trả lời HTTP {status}.", en: "The endpoint {name} answered HTTP {status}.")
        case .endpointGone:
            Phrase(
                vi: "Điểm nhận {name} trả lời HTTP 410: điểm nhận không còn nữa.",
                en: "The endpoint {name} answered HTTP 410: it is gone."
            )
        case .endpointSilent:
            Phrase(
                vi: "Điểm nhận {name} không trả lời trong {seconds} giây.",
                en: "The endpoint {name} did not answer within {seconds} s."
            )
        case .endpointUnreachable:
            Phrase(
                vi: "Không kết nối được với điểm nhận {name}, hoặc kết nối bị ngắt.",
                en: "No connection to the endpoint {name} could be made, or it broke."
            )
        case .endpointCertificateExpired:
            Phrase(
                vi:
                    "Chứng thư HTTPS của điểm nhận {name} đã hết hạn: nơi nhận phải gia hạn chứng thư, sau đó sự kiện tự gửi lại.",
                en:
                    "The HTTPS certificate of the endpoint {name} has expired: whoever runs it must renew it, and events are then sent again by themselves."
            )
        case .endpointNotAllowed:
            Phrase(
                vi: "Địa chỉ của điểm nhận {name} dẫn vào mạng nội bộ mà sự kiện không được gửi tới.",
                en: "The address of the endpoint {name} leads into a private network that events are not sent to."
            )
        case .endpointSecretUnreadable:
            Phrase(
                vi: "Không mở được khóa bí mật của điểm nhận {name}; hãy thay khóa bằng `khop event endpoint rotate`.",
                en: "The secret of the endpoint {name} cannot be opened; replace it with `khop event endpoint rotate`."
            )
        case .endpointFailing:
            Phrase(
                vi: "Điểm nhận {name}: {count} lần gửi liên tiếp không thành, từ {at}.",
                en: "{count} attempts to reach the endpoint {name} failed, one after the other, since {at}."
            )
        case .endpointDisabled:
            Phrase(vi: "Điểm nhận {name} đã ngừng nhận.", en: "The endpoint {name} was disabled.")
        case .endpointDisabledByHand:
            Phrase(
                vi: "Điểm nhận {name} được ngừng bằng lệnh, lý do: “{note}”.",
                en: "The endpoint {name} was disabled by command: “{note}”."
            )
        default: nil
        }
    }
}
