#include "ui/forwards/propertiesdialog.h"

#include "ui/contexts/contextcolors.h"
#include "ui/forwards/describe.h"
#include "ui/forwards/localportsbox.h"
#include "ui/picker/listenbox.h"
#include "ui/theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

namespace {

constexpr int Gap = 10;
constexpr int NoteLines = 4;
constexpr int TextColumns = 52; ///< of the fields, in the width of an "n"

} // namespace

QStringList tagsIn(const QString &typed)
{
    QStringList tags;
    for (const QString &part : typed.split(','_L1)) {
        if (const QString tag = part.simplified(); !tag.isEmpty() && !tags.contains(tag))
            tags << tag;
    }
    return tags;
}

PropertiesDialog::PropertiesDialog(const Forward::ForwardSnapshot &forward, QWidget *parent)
    : QDialog(parent)
    , m_id(forward.id)
    , m_before(forward.spec)
    , m_isActive(isActive(forward.state))
    , m_name(new QLineEdit(this))
    , m_tags(new QLineEdit(this))
    , m_color(new QComboBox(this))
    , m_url(new QLineEdit(this))
    , m_notes(new QPlainTextEdit(this))
    , m_ports(new LocalPortsBox(forward.spec.ports, this))
    , m_listen(new ListenBox(this))
    , m_remark(new QLabel(this))
{
    setObjectName(u"properties"_s);
    //: Title of a window; %1 is the name of a forward.
    setWindowTitle(tr("Properties of “%1”").arg(forwardName(forward.spec)));
    fillFields();
    m_url->setPlaceholderText(browserUrl(localEnds(forward).value(0)).toDisplayString());
    layOut();
    connect(m_ports, &LocalPortsBox::changed, this, &PropertiesDialog::check);
    connect(m_listen, &ListenBox::changed, this, &PropertiesDialog::check);
    connect(m_url, &QLineEdit::textChanged, this, &PropertiesDialog::check);
    check();
    m_name->setFocus();
    m_name->selectAll();
}

void PropertiesDialog::fillFields()
{
    m_name->setObjectName(u"forwardName"_s);
    m_name->setText(m_before.name);
    m_name->setPlaceholderText(m_before.target.name);
    m_tags->setObjectName(u"forwardTags"_s);
    m_tags->setText(m_before.about.tags.join(u", "_s));
    m_tags->setPlaceholderText(tr("separated by commas"));
    m_url->setObjectName(u"forwardUrl"_s);
    m_url->setText(m_before.about.url);
    m_url->setToolTip(
        tr("What “Open in browser” opens: a whole address, or a path such as /login behind the local one"));
    m_notes->setObjectName(u"forwardNotes"_s);
    m_notes->setPlainText(m_before.about.notes);
    m_notes->setTabChangesFocus(true);
    m_notes->setFixedHeight(m_notes->fontMetrics().lineSpacing() * NoteLines + 2 * Gap);
    m_listen->setAddresses(m_before.addresses);
    m_remark->setObjectName(u"propertiesRemark"_s);
    m_remark->setWordWrap(true);
    fillColors();
}

void PropertiesDialog::fillColors()
{
    m_color->setObjectName(u"forwardColor"_s);
    const auto own = Store::colorOf(m_before.about.color);
    const bool isOther = own == Store::Settings::ContextColor::None && !m_before.about.color.isEmpty();
    m_color->addItem(contextColorName(Store::Settings::ContextColor::None), QString());
    for (const auto color : contextColors())
        m_color->addItem(contextColorIcon(color, palette()), contextColorName(color), Store::colorWord(color));
    if (isOther) // of another version or written by hand: it stays unless another one is chosen
        m_color->addItem(m_before.about.color, m_before.about.color);
    m_color->setCurrentIndex(m_color->findData(m_before.about.color));
}

void PropertiesDialog::layOut()
{
    auto *grid = new QGridLayout(this);
    grid->setHorizontalSpacing(Gap);
    grid->setVerticalSpacing(Gap);
    grid->setColumnStretch(1, 1);
    const auto add = [this, grid](const QString &title, QWidget *field, QWidget *buddy) {
        auto *label = new QLabel(title, this);
        label->setBuddy(buddy);
        const int row = grid->rowCount();
        grid->addWidget(label, row, 0, Qt::AlignTop);
        grid->addWidget(field, row, 1);
        if (buddy && buddy->accessibleName().isEmpty())
            buddy->setAccessibleName(QString(title).remove('&'_L1).remove(':'_L1));
    };
    add(tr("&Name:"), m_name, m_name);
    add(tr("&Tags:"), m_tags, m_tags);
    add(tr("&Colour:"), m_color, m_color);
    add(tr("Opens in the &browser:"), m_url, m_url);
    add(tr("N&otes:"), m_notes, m_notes);
    add(tr("&Local port:"), m_ports, m_ports->field());
    add(tr("L&isten on:"), m_listen, m_listen->field());
    grid->addWidget(m_remark, grid->rowCount(), 0, 1, 2);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    grid->addWidget(buttons, grid->rowCount(), 0, 1, 2);
    m_notes->setMinimumWidth(fontMetrics().horizontalAdvance('n'_L1) * TextColumns);
}

QString PropertiesDialog::problem() const
{
    if (const QString port = m_ports->problem(); !port.isEmpty())
        return port;
    if (m_listen->addresses().isEmpty())
        return tr("The forward needs an address to listen on.");
    Forward::ForwardSnapshot tried;
    tried.spec = spec();
    // An address behind a port that only the system knows cannot be judged now.
    const QString url = tried.spec.about.url;
    if (!url.isEmpty() && !url.startsWith('/'_L1) && !browserUrl(tried).isValid())
        return tr("A browser opens addresses that begin with http:// or https://, or a path that begins with /.");
    return {};
}

void PropertiesDialog::check()
{
    const QString wrong = problem();
    const bool restarts = wrong.isEmpty() && m_isActive && !Forward::runAlike(spec(), m_before);
    QPalette ink = m_remark->palette();
    ink.setColor(QPalette::WindowText, toneColor(wrong.isEmpty() ? Tone::Muted : Tone::Bad, palette()));
    m_remark->setPalette(ink);
    m_remark->setText(restarts ? tr("The forward runs; with another port or address it is started again, and its "
                                    "connections end.")
                               : wrong);
    m_remark->setAccessibleName(m_remark->text());
    m_ok->setEnabled(wrong.isEmpty());
}

Forward::ForwardSpec PropertiesDialog::spec() const
{
    Forward::ForwardSpec spec = m_before;
    spec.name = m_name->text().trimmed();
    spec.about = {m_notes->toPlainText(), tagsIn(m_tags->text()), m_color->currentData().toString(),
                  m_url->text().trimmed()};
    spec.ports = m_ports->ports();
    spec.addresses = m_listen->addresses();
    return spec;
}

} // namespace Fairlead::Ui
