#include "ui/picker/listenbox.h"

#include "ui/widgets/iconlabel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHostAddress>
#include <QLabel>
#include <QLineEdit>
#include <QNetworkInterface>
#include <QRegularExpression>

#include <algorithm>

namespace Fairlead::Ui {

using namespace Qt::StringLiterals;

namespace {

enum Choice { ThisComputer, AllInterfaces, TypedAddress };

constexpr int kMarkSize = 16;

/// Without IPv6 in the kernel "::" could not be bound, and an explicit address that cannot be is an error.
QStringList everyInterface()
{
    QStringList all{u"0.0.0.0"_s};
    const QList<QHostAddress> own = QNetworkInterface::allAddresses();
    const auto isV6 = [](const QHostAddress &address) { return address.protocol() == QAbstractSocket::IPv6Protocol; };
    if (std::any_of(own.cbegin(), own.cend(), isV6))
        all << u"::"_s;
    return all;
}

} // namespace

QStringList addressesIn(const QString &typed)
{
    static const QRegularExpression separators(u"[,\\s]+"_s);
    QStringList addresses = typed.split(separators, Qt::SkipEmptyParts);
    for (const QString &address : std::as_const(addresses)) {
        if (address != "localhost"_L1 && QHostAddress(address).isNull())
            return {};
    }
    addresses.removeDuplicates();
    return addresses;
}

bool isReachableFromOutside(const QString &address)
{
    return address != "localhost"_L1 && !QHostAddress(address).isLoopback();
}

ListenBox::ListenBox(QWidget *parent)
    : QWidget(parent)
    , m_choice(new QComboBox(this))
    , m_typed(new QLineEdit(this))
    , m_mark(new QWidget(this))
{
    m_choice->setObjectName(u"listen"_s);
    m_choice->setAccessibleName(tr("Listen on"));
    m_choice->addItem(tr("This computer only"));
    m_choice->addItem(tr("All interfaces"));
    m_choice->addItem(tr("Other address…"));
    m_typed->setObjectName(u"listenAddress"_s);
    m_typed->setPlaceholderText(tr("IP address"));
    m_typed->setAccessibleName(tr("IP address to listen on"));
    m_typed->setFixedWidth(fontMetrics().horizontalAdvance(u"000.000.000.000 ::1"_s) + 16);
    m_mark->setObjectName(u"listenMark"_s);
    m_mark->setToolTip(tr("Everyone who can reach this computer can use this forward, with your rights."));
    auto *sign = new IconLabel(kMarkSize, m_mark);
    sign->setIcon(u"warning"_s, Tone::Warning);
    auto *words = new QLabel(tr("Others can connect"), m_mark);
    words->setAccessibleDescription(m_mark->toolTip());
    auto *mark = new QHBoxLayout(m_mark);
    mark->setContentsMargins({});
    mark->setSpacing(5);
    mark->addWidget(sign);
    mark->addWidget(words);

    auto *line = new QHBoxLayout(this);
    line->setContentsMargins({});
    line->setSpacing(8);
    line->addWidget(m_choice);
    line->addWidget(m_typed);
    line->addWidget(m_mark);

    connect(m_choice, &QComboBox::currentIndexChanged, this, [this](int choice) {
        update();
        if (choice == TypedAddress)
            m_typed->setFocus();
    });
    connect(m_typed, &QLineEdit::textChanged, this, &ListenBox::update);
    update();
}

QStringList ListenBox::addresses() const
{
    switch (m_choice->currentIndex()) {
    case AllInterfaces:
        return everyInterface();
    case TypedAddress:
        return addressesIn(m_typed->text());
    default:
        return {u"localhost"_s};
    }
}

void ListenBox::setAddresses(const QStringList &addresses)
{
    const bool everywhere = addresses == everyInterface();
    if (addresses.isEmpty() || addresses == QStringList{u"localhost"_s})
        m_choice->setCurrentIndex(ThisComputer);
    else
        m_choice->setCurrentIndex(everywhere ? AllInterfaces : TypedAddress);
    if (m_choice->currentIndex() == TypedAddress)
        m_typed->setText(addresses.join(u", "_s));
}

QWidget *ListenBox::field() const
{
    return m_choice;
}

void ListenBox::update()
{
    m_typed->setVisible(m_choice->currentIndex() == TypedAddress);
    const QStringList chosen = addresses();
    const bool open = std::any_of(chosen.cbegin(), chosen.cend(), isReachableFromOutside);
    m_mark->setVisible(open);
    emit changed();
}

} // namespace Fairlead::Ui
