#include "core/store/exchange/rowmaker.h"

#include "core/store/exchange/foreignwords.h"

#include <QCoreApplication>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace Fairlead::Store {

namespace {

using Fate = ImportedRow::Fate;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Exchange)
};

constexpr qsizetype MaxNameLength = 200; // longer ones are no names to be read
constexpr qsizetype MaxContextLength = 1'000; // of OKD a context has namespace, server and user in it

} // namespace

RowMaker::RowMaker(int line, int column)
{
    m_row.line = line;
    m_row.column = column;
    m_forward.spec.addresses = Forward::ForwardSpec().addresses;
}

RowMaker::RowMaker(const Kube::YamlNode &node)
    : RowMaker(node.line, node.column)
{
}

RowMaker::RowMaker(const Kube::YamlNode &node, const SavedForward &forward)
    : RowMaker(node)
{
    m_forward.running = forward.running;
    m_forward.unknown = forward.unknown;
    m_forward.spec.policy = forward.spec.policy;
    m_forward.spec.about = forward.spec.about;
    for (QString &tag : m_forward.spec.about.tags)
        tag = shownText(tag);
    const QString &pod = forward.spec.preferredPod;
    if (pod.isEmpty() || isObjectName(pod))
        m_forward.spec.preferredPod = pod;
    else
        change(Text::tr("Nothing in a cluster can be called \"%1\".").arg(shownText(pod)));
}

void RowMaker::setSource(const QString &source)
{
    m_row.source = shownText(source);
}

void RowMaker::setName(const QString &name)
{
    const QString shown = shownText(name, MaxNameLength);
    if (shown != name.trimmed())
        change(Text::tr("Its name had characters that cannot be shown, or was too long."));
    m_forward.spec.name = shown;
}

void RowMaker::setContext(const QString &context)
{
    if (shownText(context, MaxContextLength) != context)
        return skip(Text::tr("No context can be called \"%1\".").arg(shownText(context)));
    m_forward.spec.context = context;
}

void RowMaker::setServer(const QString &server)
{
    const QUrl::FormattingOptions nothingSecret = QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment;
    m_forward.server = shownText(QUrl(server).toString(nothingSecret), MaxContextLength);
}

void RowMaker::setNamespace(const QString &name)
{
    if (!name.isEmpty() && !isNamespaceName(name))
        return skip(Text::tr("No namespace can be called \"%1\".").arg(shownText(name)));
    m_forward.spec.namespaceName = name;
}

void RowMaker::setTarget(const QString &text)
{
    m_triedTarget = text;
    if (text.isEmpty())
        return;
    const auto target = Kube::parseTarget(text);
    if (target)
        setTarget(target->kind, target->name);
    else
        skip(Text::tr("\"%1\" is no target (such as \"service/web\"): %2")
                 .arg(shownText(text), shownText(target.error(), 300)));
}

void RowMaker::setTarget(Kube::TargetRef::Kind kind, const QString &name)
{
    const bool isSelector = kind == Kube::TargetRef::Kind::Selector;
    if (m_triedTarget.isEmpty())
        m_triedTarget = name;
    if (name.isEmpty())
        return;
    if (isSelector && !isSelectorText(name))
        return skip(Text::tr("\"%1\" is no label selector (such as \"app=web\").").arg(shownText(name)));
    if (!isSelector && !isObjectName(name))
        return skip(Text::tr("Nothing in a cluster can be called \"%1\".").arg(shownText(name)));
    m_forward.spec.target = {kind, name};
}

void RowMaker::addPort(const QString &argument)
{
    const auto port = Kube::parsePortArgument(argument);
    if (!port)
        return skip(Text::tr("\"%1\" is no port (such as \"8080:80\"): %2")
                        .arg(shownText(argument), shownText(port.error(), 300)));
    bool isNumber = false;
    port->remote.toUShort(&isNumber);
    if (!isNumber && !isPortName(port->remote))
        return skip(Text::tr("No port can be called \"%1\".").arg(shownText(port->remote)));
    m_forward.spec.ports.append(*port);
}

void RowMaker::addPort(const QString &local, const QString &remote)
{
    addPort((local == "0"_L1 ? QString() : local) + u':' + remote);
}

void RowMaker::addAddress(const QString &address, QStringList &addresses)
{
    if (address.isEmpty() || addresses.contains(address))
        return;
    const bool isLocalhost = address == "localhost"_L1;
    if (!isLocalhost && !isIpAddress(address)) {
        change(Text::tr("Does not listen at \"%1\", which is no IP address.").arg(shownText(address)));
        return;
    }
    if (isOpenToOthers(address))
        remark(Text::tr("Listens at %1, where other machines can use it.").arg(address));
    addresses << address;
}

void RowMaker::setAddresses(const QStringList &addresses)
{
    QStringList usable;
    for (const QString &some : addresses) {
        for (const QString &address : some.split(u','))
            addAddress(address.trimmed(), usable);
    }
    if (!usable.isEmpty())
        m_forward.spec.addresses = usable;
}

void RowMaker::remark(const QString &sentence)
{
    if (!m_row.remarks.contains(sentence))
        m_row.remarks << sentence;
}

void RowMaker::change(const QString &sentence)
{
    if (m_row.fate == Fate::Imported)
        m_row.fate = Fate::Changed;
    remark(sentence);
}

void RowMaker::skip(const QString &sentence)
{
    m_row.fate = Fate::Skipped;
    remark(sentence);
}

void RowMaker::checkWhole()
{
    if (m_forward.spec.target.name.isEmpty())
        skip(Text::tr("It does not say what to forward to."));
    else if (m_forward.spec.ports.isEmpty())
        skip(Text::tr("It has no port."));
}

ImportedRow RowMaker::finish(const std::optional<ProfileError> &problem, const UnknownFields &rest)
{
    if (problem) {
        m_row.line = problem->line;
        m_row.column = problem->column;
        skip(problem->text);
    }
    if (!isSkipped())
        checkWhole();
    for (const auto &field : rest)
        m_row.unknownKeys << shownText(field.first);
    const bool hasTarget = !m_forward.spec.target.name.isEmpty();
    if (m_row.source.isEmpty())
        m_row.source = !m_forward.spec.name.isEmpty() ? m_forward.spec.name
            : hasTarget                               ? Kube::targetText(m_forward.spec.target)
                                                      : shownText(m_triedTarget);
    if (m_row.source.isEmpty())
        m_row.source = Text::tr("Forward without a name");
    if (!isSkipped() || hasTarget)
        m_row.forward = m_forward;
    return m_row;
}

} // namespace Fairlead::Store
