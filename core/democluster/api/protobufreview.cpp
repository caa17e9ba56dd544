#include "core/democluster/api/protobufreview.h"

#include <QList>
#include <QMap>
#include <QString>

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {
namespace {

constexpr QByteArrayView Magic("k8s\0", 4);

/// The length-delimited fields of one message (strings and messages); numbers are skipped. Of a repeated field the last
/// one stays. nullopt: the bytes are no protobuf message.
class Fields
{
public:
    static std::optional<Fields> parse(QByteArrayView bytes)
    {
        Fields fields;
        while (!bytes.isEmpty()) {
            if (!fields.readField(bytes))
                return std::nullopt;
        }
        return fields;
    }

    [[nodiscard]] bool contains(quint64 number) const { return m_values.contains(number); }
    [[nodiscard]] QByteArrayView bytes(quint64 number) const { return m_values.value(number); }
    [[nodiscard]] QString text(quint64 number) const { return QString::fromUtf8(bytes(number)); }

private:
    static std::optional<quint64> readVarint(QByteArrayView &bytes)
    {
        quint64 value = 0;
        for (int shift = 0; shift < 64 && !bytes.isEmpty(); shift += 7) {
            const auto byte = static_cast<quint8>(bytes.front());
            bytes = bytes.sliced(1);
            value |= quint64(byte & 0x7f) << shift;
            if (!(byte & 0x80))
                return value;
        }
        return std::nullopt;
    }

    static bool skip(QByteArrayView &bytes, quint64 count)
    {
        if (count > quint64(bytes.size()))
            return false;
        bytes = bytes.sliced(static_cast<qsizetype>(count));
        return true;
    }

    bool readField(QByteArrayView &bytes)
    {
        enum WireType { Varint = 0, Fixed64 = 1, Delimited = 2, Fixed32 = 5 };
        const auto tag = readVarint(bytes);
        if (!tag)
            return false;
        switch (*tag & 7) {
        case Varint:
            return readVarint(bytes).has_value();
        case Fixed64:
            return skip(bytes, 8);
        case Fixed32:
            return skip(bytes, 4);
        case Delimited:
            break;
        default:
            return false;
        }
        const auto length = readVarint(bytes);
        const QByteArrayView rest = bytes;
        if (!length || !skip(bytes, *length))
            return false;
        m_values.insert(*tag >> 3, rest.first(static_cast<qsizetype>(*length)));
        return true;
    }

    QMap<quint64, QByteArrayView> m_values;
};

std::optional<QJsonObject> accessSpec(const Fields &spec)
{
    const bool isResource = spec.contains(1);
    const auto wanted = Fields::parse(spec.bytes(isResource ? 1 : 2));
    if (!wanted || (!isResource && !spec.contains(2)))
        return wanted ? std::optional(QJsonObject()) : std::nullopt;
    if (!isResource) {
        const QJsonObject path{{u"path"_s, wanted->text(1)}, {u"verb"_s, wanted->text(2)}};
        return QJsonObject{{u"nonResourceAttributes"_s, path}};
    }
    const QJsonObject resource{{u"namespace"_s, wanted->text(1)}, {u"verb"_s, wanted->text(2)},
                               {u"group"_s, wanted->text(3)},     {u"version"_s, wanted->text(4)},
                               {u"resource"_s, wanted->text(5)},  {u"subresource"_s, wanted->text(6)},
                               {u"name"_s, wanted->text(7)}};
    return QJsonObject{{u"resourceAttributes"_s, resource}};
}

std::optional<QJsonObject> specOf(const QString &kind, QByteArrayView bytes)
{
    const auto spec = Fields::parse(bytes);
    if (!spec)
        return std::nullopt;
    if (kind == "SelfSubjectAccessReview"_L1)
        return accessSpec(*spec);
    if (kind == "SelfSubjectRulesReview"_L1)
        return QJsonObject{{u"namespace"_s, spec->text(1)}};
    return QJsonObject();
}

} // namespace

std::optional<QJsonObject> reviewFromProtobuf(const QByteArray &body)
{
    if (!body.startsWith(Magic))
        return std::nullopt;
    const auto envelope = Fields::parse(QByteArrayView(body).sliced(Magic.size()));
    const auto type = envelope ? Fields::parse(envelope->bytes(1)) : std::nullopt;
    const auto object = type ? Fields::parse(envelope->bytes(2)) : std::nullopt;
    const auto spec = object ? specOf(type->text(2), object->bytes(2)) : std::nullopt;
    if (!spec)
        return std::nullopt;
    return QJsonObject{{u"apiVersion"_s, type->text(1)}, {u"kind"_s, type->text(2)}, {u"spec"_s, *spec}};
}

} // namespace Fairlead::Demo
