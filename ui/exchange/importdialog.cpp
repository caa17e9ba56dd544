#include "ui/exchange/importdialog.h"

#include "ui/exchange/contextmapping.h"
#include "ui/exchange/importmodel.h"

#include <QButtonGroup>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QTreeView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

using Fate = Store::ImportedRow::Fate;

namespace {

constexpr int Gap = 10;
// In the widths of an "n", so that larger letters get more room.
constexpr int FirstColumns = 112;
constexpr int WidestColumn = 30; ///< but for the last, which takes the rest
constexpr int FirstLines = 34;

QLabel *wrapped(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace

ImportDialog::ImportDialog(const Store::Imported &imported, const Store::Surroundings &here, const QString &name,
                           const QStringList &taken, QWidget *parent)
    : QDialog(parent)
    , m_taken(taken)
    , m_model(new ImportModel(imported, this))
    , m_detail(wrapped({}, this))
    , m_rows(new QTreeView(this))
    , m_mapping(new ContextMapping(imported.forwards(), here, this))
    , m_toWindow(new QRadioButton(tr("Into the &window, stopped"), this))
    , m_toProfile(new QRadioButton(tr("Into the &profile:"), this))
    , m_name(new QLineEdit(name, this))
    , m_remark(wrapped({}, this))
{
    setObjectName(u"importForwards"_s);
    setWindowTitle(tr("Import forwards"));
    setUpRows();
    layOut();
    resize(FirstColumns * columnWidth(), FirstLines * fontMetrics().lineSpacing());
    connect(m_rows->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) { showDetail(current.row()); });
    connect(m_model, &QAbstractItemModel::dataChanged, this, &ImportDialog::refresh);
    connect(m_mapping, &ContextMapping::chosen, this, [this](const QString &there, const QString &context) {
        m_model->setContextName(there, context.isEmpty() ? there : context);
    });
    connect(m_toProfile, &QRadioButton::toggled, this, &ImportDialog::refresh);
    connect(m_name, &QLineEdit::textChanged, this, &ImportDialog::refresh);
    connect(m_name, &QLineEdit::textEdited, m_toProfile, [this] { m_toProfile->setChecked(true); });
    refresh();
    m_rows->setFocus();
}

int ImportDialog::columnWidth() const
{
    return fontMetrics().horizontalAdvance('n'_L1);
}

void ImportDialog::setUpRows()
{
    m_rows->setObjectName(u"importRows"_s);
    m_rows->setAccessibleName(tr("Forwards of the file"));
    m_rows->setModel(m_model);
    m_rows->setRootIsDecorated(false);
    m_rows->setItemsExpandable(false);
    m_rows->setUniformRowHeights(true);
    m_rows->setAllColumnsShowFocus(true);
    m_rows->setTextElideMode(Qt::ElideRight);
    m_rows->header()->setStretchLastSection(true);
    const int widest = WidestColumn * columnWidth();
    for (int column = 0; column < ImportModel::FateColumn; ++column) {
        m_rows->resizeColumnToContents(column);
        m_rows->setColumnWidth(column, qMin(m_rows->columnWidth(column) + Gap, widest));
    }
    m_detail->setObjectName(u"importDetail"_s);
    m_detail->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_detail->setMinimumHeight(2 * m_detail->fontMetrics().lineSpacing()); // so that nothing jumps
    m_detail->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    m_detail->setForegroundRole(QPalette::PlaceholderText);
    if (m_model->rowCount() > 0)
        m_rows->setCurrentIndex(m_model->index(0, 0));
    showDetail(m_rows->currentIndex().row());
}

void ImportDialog::showDetail(int row)
{
    if (row < 0)
        return m_detail->clear();
    const Store::ImportedRow &current = m_model->imported().rows.at(row);
    const QString text = ImportModel::fateText(current);
    //: %1 is a line number, %2 what becomes of what stands there.
    m_detail->setText(current.line > 0 ? tr("Line %1: %2").arg(current.line).arg(text) : text);
}

QString ImportDialog::summary() const
{
    const Store::Imported &imported = m_model->imported();
    QStringList parts{tr("%n can be taken as it is", nullptr, imported.count(Fate::Imported))};
    if (const int changed = imported.count(Fate::Changed))
        parts << tr("%n with changes", nullptr, changed);
    if (const int skipped = imported.count(Fate::Skipped))
        parts << tr("%n not at all", nullptr, skipped);
    //: %1 is the name of a file format, %2 what can be done with its forwards.
    return tr("%1: of %n forward(s), %2.", nullptr, int(imported.rows.size()))
        .arg(Store::formatInfo(imported.format).title, parts.join(u", "_s));
}

void ImportDialog::layOut()
{
    auto *title = wrapped(summary(), this);
    title->setObjectName(u"importSummary"_s);
    QFont bold = title->font();
    bold.setWeight(QFont::DemiBold);
    title->setFont(bold);
    auto *text = wrapped((QStringList{tr("Nothing is started.")} + m_model->imported().remarks).join(u' '), this);
    text->setForegroundRole(QPalette::PlaceholderText);
    setAccessibleDescription(title->text() + ' '_L1 + text->text());
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_import = buttons->addButton(tr("Import"), QDialogButtonBox::AcceptRole);
    m_import->setObjectName(u"importChosen"_s);
    m_import->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *lines = new QVBoxLayout(this);
    lines->setSpacing(Gap);
    lines->addWidget(title);
    lines->addWidget(text);
    lines->addWidget(m_rows, 1);
    lines->addWidget(m_detail);
    lines->addWidget(m_mapping);
    lines->addWidget(makeGoal());
    lines->addWidget(m_remark);
    lines->addWidget(buttons);
}

QWidget *ImportDialog::makeGoal()
{
    auto *goal = new QWidget(this);
    m_toWindow->setObjectName(u"toWindow"_s);
    m_toProfile->setObjectName(u"toProfile"_s);
    m_name->setObjectName(u"importProfile"_s);
    m_name->setAccessibleName(tr("Name of the profile"));
    m_name->setPlaceholderText(tr("Name of the profile"));
    auto *choice = new QButtonGroup(this);
    choice->addButton(m_toWindow);
    choice->addButton(m_toProfile);
    m_toWindow->setChecked(true);
    auto *line = new QHBoxLayout(goal);
    line->setContentsMargins({});
    line->addWidget(m_toWindow);
    line->addSpacing(2 * Gap);
    line->addWidget(m_toProfile);
    line->addWidget(m_name, 1);
    return goal;
}

void ImportDialog::refresh()
{
    const qsizetype chosen = m_model->chosen().size();
    const QString name = m_name->text().trimmed();
    m_import->setText(tr("Import %n forward(s)", nullptr, int(chosen)));
    m_import->setEnabled(chosen > 0 && (m_toWindow->isChecked() || !name.isEmpty()));
    const bool exists = m_toProfile->isChecked() && m_taken.contains(name);
    m_remark->setText(exists ? tr("There is a profile of this name; what it does not have yet is added to it.")
                             : QString());
    m_remark->setVisible(exists);
}

QList<Store::SavedForward> ImportDialog::forwards() const
{
    QList<Store::SavedForward> result;
    for (const qsizetype row : m_model->chosen())
        result << m_mapping->mapped(*m_model->imported().rows.at(row).forward);
    return result;
}

QString ImportDialog::profileName() const
{
    return m_toProfile->isChecked() ? m_name->text().trimmed() : QString();
}

} // namespace Fairlead::Ui
