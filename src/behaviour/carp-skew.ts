/**
 * The advskew that XMLRPC sync writes on the secondary, 1/256 s (`rc.filter_synchronize`,
 * `backup_vip_config_section()`).
 */
export const syncedAdvskew = (primary: number): number => Math.min(254, primary + 100);
