#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <utility>

/// HTTP/1.1 as far as an upgrade and a watch need it, both roles. Plain REST goes through QNetworkAccessManager
/// instead.
namespace Fairlead::Http {

/// Header fields in the order of the wire; names are compared without regard to case.
class Fields
{
public:
    void add(QByteArray name, QByteArray value);
    /// First value of that name, or empty.
    [[nodiscard]] QByteArray value(QByteArrayView name) const;
    /// All values of that name, each comma list taken apart and trimmed (RFC 9110 section 5.6.1).
    [[nodiscard]] QList<QByteArray> tokens(QByteArrayView name) const;
    /// Whether one of the tokens equals `token`, without regard to case.
    [[nodiscard]] bool hasToken(QByteArrayView name, QByteArrayView token) const;
    [[nodiscard]] bool contains(QByteArrayView name) const;
    [[nodiscard]] const QList<std::pair<QByteArray, QByteArray>> &all() const { return m_fields; }

private:
    QList<std::pair<QByteArray, QByteArray>> m_fields;
};

struct RequestHead {
    QByteArray method;
    QByteArray target; ///< path and query as on the wire
    int minorVersion = 1;
    Fields fields;
};

struct ResponseHead {
    int status = 0;
    QByteArray reason;
    int minorVersion = 1;
    Fields fields;
};

/// The bytes of a head, with the empty line. Field values with CR, LF or NUL are refused (empty result).
[[nodiscard]] QByteArray encode(const RequestHead &head);
[[nodiscard]] QByteArray encode(const ResponseHead &head);

enum class HeadError { TooLarge, BadStartLine, BadField, BadVersion };
[[nodiscard]] QString describe(HeadError error);

/// A head may not be larger than this. API servers and proxies send well under 8 KiB.
constexpr qsizetype MaxHeadBytes = 64 * 1024;

} // namespace Fairlead::Http
