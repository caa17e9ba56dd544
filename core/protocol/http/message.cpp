#include "core/protocol/http/message.h"

#include "core/protocol/http/headsyntax.h"

#include <QCoreApplication>

#include <algorithm>

namespace Fairlead::Http {
namespace {

bool sameName(QByteArrayView a, QByteArrayView b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

/// The fields and the empty line after `startLine`, or nothing when a field must not be sent.
QByteArray withFields(QByteArray startLine, const Fields &fields)
{
    for (const auto &[name, value] : fields.all()) {
        if (!isToken(name) || !isText(value)) {
            return {};
        }
        startLine += name + ": " + value + "\r\n";
    }
    return startLine + "\r\n";
}

QByteArray version(int minor)
{
    return "HTTP/1." + QByteArray::number(minor);
}

} // namespace

void Fields::add(QByteArray name, QByteArray value)
{
    m_fields.append({std::move(name), std::move(value)});
}

QByteArray Fields::value(QByteArrayView name) const
{
    const auto found =
        std::find_if(m_fields.begin(), m_fields.end(), [&](const auto &f) { return sameName(f.first, name); });
    return found == m_fields.end() ? QByteArray() : found->second;
}

QList<QByteArray> Fields::tokens(QByteArrayView name) const
{
    QList<QByteArray> tokens;
    for (const auto &[fieldName, value] : m_fields) {
        if (!sameName(fieldName, name)) {
            continue;
        }
        for (const QByteArray &part : value.split(',')) {
            const QByteArray token = part.trimmed();
            if (!token.isEmpty()) { // empty list elements are to be ignored
                tokens << token;
            }
        }
    }
    return tokens;
}

bool Fields::hasToken(QByteArrayView name, QByteArrayView token) const
{
    const QList<QByteArray> all = tokens(name);
    return std::any_of(all.begin(), all.end(), [&](const QByteArray &t) { return sameName(t, token); });
}

bool Fields::contains(QByteArrayView name) const
{
    return std::any_of(m_fields.begin(), m_fields.end(), [&](const auto &f) { return sameName(f.first, name); });
}

QByteArray encode(const RequestHead &head)
{
    if (!isToken(head.method) || !isTarget(head.target)) {
        return {};
    }
    return withFields(head.method + ' ' + head.target + ' ' + version(head.minorVersion) + "\r\n", head.fields);
}

QByteArray encode(const ResponseHead &head)
{
    if (head.status < 100 || head.status > 999 || !isText(head.reason)) {
        return {};
    }
    return withFields(version(head.minorVersion) + ' ' + QByteArray::number(head.status) + ' ' + head.reason + "\r\n",
                      head.fields);
}

QString describe(HeadError error)
{
    const char *sentence = "";
    switch (error) {
    case HeadError::TooLarge:
        sentence = QT_TRANSLATE_NOOP("Fairlead::Http", "The HTTP head is larger than 64 KiB.");
        break;
    case HeadError::BadStartLine:
        sentence = QT_TRANSLATE_NOOP("Fairlead::Http", "The other end does not speak HTTP.");
        break;
    case HeadError::BadField:
        sentence = QT_TRANSLATE_NOOP("Fairlead::Http", "The other end sent a malformed HTTP header field.");
        break;
    case HeadError::BadVersion:
        sentence = QT_TRANSLATE_NOOP("Fairlead::Http", "The other end speaks another version of HTTP than 1.1.");
        break;
    }
    return QCoreApplication::translate("Fairlead::Http", sentence);
}

} // namespace Fairlead::Http
